import type { SecretValue } from './aws/secrets-manager/get-secret-value.ts'
import type { Entry, TtlCache } from './ttl-cache.ts'

/** One answer that the layer or the agent keeps. */
export interface Held {
  readonly id: string
  /** The version, stage or label that was asked for; empty = the current one. */
  readonly selector: string
  /** Which version it is: a secret's VersionId, or a parameter's version as text. */
  readonly version: string
  /** Milliseconds since 1970. */
  readonly since: number
  /** Seconds for which it is served without asking AWS. */
  readonly ttl: number
}

interface HeldParts {
  readonly texts: TtlCache<string>
  readonly secrets: TtlCache<SecretValue>
  readonly ttl: { readonly secretsmanager: number; readonly ssm: number }
  readonly agentTtl: number
}

/** An entry never changes, so that its text is parsed once. */
const versions = new WeakMap<Entry<string>, string>()

/** What both caches hold, without values. */
export const heldIn = ({ texts, secrets, ttl, agentTtl }: HeldParts): readonly Held[] => [
  ...[...texts.entries()].map(([key, entry]) => ofLayer(key, entry, ttl)),
  ...[...secrets.entries()].map(([key, { value, storedAt }]) => {
    const [id, versionId, stage] = JSON.parse(key) as readonly (string | null)[]
    const selector = [versionId, stage].filter(Boolean).join(' ')
    return { id: id ?? '', selector, version: value.VersionId, since: storedAt, ttl: agentTtl }
  }),
]

const ofLayer = (key: string, entry: Entry<string>, ttl: HeldParts['ttl']): Held => {
  const [, input] = JSON.parse(key) as [string, Readonly<Record<string, string | undefined>>]
  const { SecretId, VersionId, VersionStage, Name = '' } = input
  const common = { version: versionOf(entry), since: entry.storedAt }
  if (SecretId !== undefined)
    return {
      id: SecretId,
      selector: [VersionId, VersionStage].filter(Boolean).join(' '),
      ...common,
      ttl: ttl.secretsmanager,
    }
  const selector = /^(?!arn:)[^:]+:([^:]+)$/.exec(Name)?.[1] ?? ''
  const id = selector === '' ? Name : Name.slice(0, -selector.length - 1)
  return { id, selector, ...common, ttl: ttl.ssm }
}

const versionOf = (entry: Entry<string>): string => {
  const known = versions.get(entry)
  if (known !== undefined) return known
  const body = JSON.parse(entry.value) as { VersionId?: string; Parameter?: { Version: number } }
  const version = body.VersionId ?? String(body.Parameter?.Version ?? '')
  versions.set(entry, version)
  return version
}
