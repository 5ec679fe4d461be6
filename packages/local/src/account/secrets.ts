import { randomUUID } from 'node:crypto'
import { isArn, isOwn, type Owner, secretArn, secretNameOf, secretPart } from './arn.ts'
import { AwsError, accessDenied } from './aws-error.ts'

export interface SecretVersion {
  readonly id: string
  readonly value: string | Uint8Array
  readonly stages: Set<string>
  /** Milliseconds since 1970. */
  readonly created: number
}

export interface Secret {
  readonly arn: string
  readonly name: string
  readonly created: number
  readonly versions: Map<string, SecretVersion>
  changed: number
  /** When it was scheduled for deletion, milliseconds since 1970. */
  deleted?: number
}

export interface NewVersion {
  readonly value: string | Uint8Array
  readonly versionId?: string | undefined
  readonly stages?: readonly string[] | undefined
}

export type SecretStore = ReturnType<typeof createSecretStore>

export const createSecretStore = (owner: Owner, now: () => number) => {
  const byArn = new Map<string, Secret>()

  /** By name (own account only), complete ARN, or ARN without the six characters. */
  const find = (id: string): Secret | undefined => {
    if (!isArn(id)) return byArn.get(secretArn(owner, id))
    const exact = byArn.get(id)
    // An ARN that ends in a hyphen and six characters counts as complete for AWS, even when they are part of the name.
    if (exact || /-[A-Za-z0-9]{6}$/.test(id)) return exact
    return [...byArn.values()].find(({ arn, name }) => secretPart(id) === name && arn.startsWith(`${id}-`))
  }

  const get = (id: string): Secret => {
    const secret = find(id)
    // For a secret of another account that is not shared, AWS answers the same whether it exists or not.
    if (!secret && isArn(id) && !isOwn(owner, id)) throw accessDenied('secretsmanager:GetSecretValue', id)
    if (!secret)
      throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
    return secret
  }

  const create = (id: string): Secret => {
    const foreign = isArn(id) && !isOwn(owner, id)
    const name = isArn(id) ? secretNameOf(id) : id
    const arn = foreign ? id : secretArn(owner, name)
    const secret: Secret = { arn, name, created: now(), changed: now(), versions: new Map() }
    byArn.set(arn, secret)
    return secret
  }

  /** A new version; without stages it becomes AWSCURRENT and the one before it AWSPREVIOUS. */
  const addVersion = (secret: Secret, { value, versionId = randomUUID(), stages }: NewVersion) => {
    const version: SecretVersion = { id: versionId, value, stages: new Set(), created: now() }
    secret.versions.set(versionId, version)
    secret.changed = now()
    for (const stage of stages ?? ['AWSCURRENT']) moveStage(secret, stage, version)
    return version
  }

  return {
    find,
    get,
    create,
    addVersion,
    list: (): readonly Secret[] => [...byArn.values()],
    remove: (secret: Secret) => byArn.delete(secret.arn),
    clear: () => byArn.clear(),
  }
}

/** A stage is on at most one version; the version that loses AWSCURRENT gets AWSPREVIOUS. */
export const moveStage = (secret: Secret, stage: string, to: SecretVersion): void => {
  const holder = [...secret.versions.values()].find(({ stages }) => stages.has(stage))
  holder?.stages.delete(stage)
  to.stages.add(stage)
  if (stage === 'AWSCURRENT' && holder && holder !== to) moveStage(secret, 'AWSPREVIOUS', holder)
}
