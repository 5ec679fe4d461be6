import { type Local, startLocal } from '@secrets-cache/local'
import { canaryToken, storedValue } from './canary.ts'

/** Which service a scenario's things are stored in. */
export type Kind = 'secret' | 'parameter'

/** A protocol of the backend: that of the Lambda extension, or AWS's own. */
export type Face = 'layer' | 'aws'

/** The account behind one run of a scenario, its faults, and the clock of the caches. */
export interface Backend {
  readonly local: Local
  readonly faults: Local['faults']
  readonly kind: Kind
  /** The protocols that the subject uses. */
  readonly faces: readonly Face[]
  /** The name, or ARN, under which AWS stores a role. */
  readonly id: (role: string) => string
  readonly rotate: (role: string, version: number) => void
  /** Stores another value than the usual text. */
  readonly store: (role: string, value: string | Uint8Array | readonly string[]) => void
  /** Moves the clock of the caches by seconds, forward or back; no timer fires. */
  readonly pass: (seconds: number) => void
  /** The clock for subjects that accept one. It stands still except for `pass`, however slow the machine is. */
  readonly now: () => number
  /** The clock for subjects that read `Date`: it runs. */
  readonly date: () => number
  /** Requests that clients sent, to either protocol. */
  readonly calls: () => number
  readonly asked: () => readonly string[]
  readonly close: () => Promise<void>
}

const roles = ['db', 'key', 'other']

const arnPrefix = 'arn:'

/** Refers to a role by its ARN. */
export const arnOf = (role: string): string => arnPrefix + role

/** The system's clock, as a scenario may replace `Date`. */
const systemNow = Date.now

export async function startBackend(kind: Kind, faces: readonly Face[]): Promise<Backend> {
  const startedAt = systemNow()
  let offset = 0
  const nameOf = (role: string) => (kind === 'secret' ? `prod/${role}` : `/prod/${role}`)
  const seeds = Object.fromEntries(roles.map((role) => [nameOf(role), storedValue(role)]))
  const secure = Object.fromEntries(
    Object.entries(seeds).map(([name, value]) => [name, { type: 'SecureString' as const, value }]),
  )
  const local = await startLocal({
    ...(kind === 'secret' ? { secrets: seeds } : { parameters: secure }),
    token: canaryToken,
    // The layer's own cache is off, so that only the cache of the subject counts.
    environment: { PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED: 'false' },
  })
  const { secrets, parameters } = local.account
  const id = (role: string) => {
    if (!role.startsWith(arnPrefix)) return nameOf(role)
    const name = nameOf(role.slice(arnPrefix.length))
    return (kind === 'secret' ? secrets.get(name) : parameters.get(name)).arn
  }
  const backend: Backend = {
    local,
    faults: local.faults,
    kind,
    faces,
    id,
    rotate: (role, version) => void local.rotate(id(role), storedValue(role, version)),
    store: (role, value) => {
      if (kind === 'secret') local.account.putSecret(id(role), value as string | Uint8Array)
      else local.account.putParameter(id(role), value as string | readonly string[])
    },
    pass: (seconds) => {
      offset += seconds * 1_000
    },
    now: () => startedAt + offset,
    date: () => systemNow() + offset,
    calls: () => local.calls.total,
    asked: () => local.calls.list.filter(({ by }) => by !== 'layer').flatMap(({ ids }) => ids),
    close: local.close,
  }
  return backend
}
