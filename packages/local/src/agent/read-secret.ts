import { AwsError } from '../account/aws-error.ts'
import type { Backend } from '../aws/backend.ts'
import type { SecretValue } from '../aws/secrets-manager/get-secret-value.ts'
import type { TtlCache } from '../ttl-cache.ts'
import type { AgentRequest } from './parse-request.ts'

export interface ReaderParts {
  readonly backend: Backend
  readonly cache: TtlCache<SecretValue>
  /** Seconds. */
  readonly ttl: number
}

type SecretRequest = Extract<AgentRequest, { kind: 'secret' }>

interface Described {
  readonly VersionIdsToStages: Readonly<Record<string, readonly string[]>>
}

/** Reads secrets as the agent does, through its cache. */
export const createSecretReader = ({ backend, cache, ttl }: ReaderParts) => {
  const isCurrent = async (
    { ARN, VersionId }: SecretValue,
    { versionId, stage }: SecretRequest,
  ): Promise<boolean> => {
    const described = await unlessTransient<Described>(
      backend.call('DescribeSecret', { SecretId: ARN }, 'agent'),
    )
    if (!described) return true
    const stages = described.VersionIdsToStages[versionId ?? VersionId]
    if (versionId !== undefined && stage === undefined) return stages !== undefined
    return stages?.includes(stage ?? 'AWSCURRENT') ?? false
  }

  const fetchSecret = ({ id, versionId, stage }: SecretRequest): Promise<object> =>
    backend.call('GetSecretValue', { SecretId: id, VersionId: versionId, VersionStage: stage }, 'agent')

  return async (asked: SecretRequest): Promise<SecretValue> => {
    const key = JSON.stringify([asked.id, asked.versionId, asked.stage, asked.roleArn])
    const held = asked.refresh ? undefined : cache.get(key, ttl)
    if (held?.fresh) return held.value
    let value = held?.value
    // An expired value is kept when DescribeSecret says that its version still stands.
    if (!value) value = (await fetchSecret(asked)) as SecretValue
    else if (!(await isCurrent(value, asked))) value = (await unlessTransient(fetchSecret(asked))) ?? value
    cache.set(key, value)
    return value
  }
}

/**
 * The agent's `ignore_transient_errors`, which is on by default: in an outage an expired value counts as current, and
 * is kept for a whole TTL more. Undefined when the call failed that way.
 */
const unlessTransient = async <Output>(answer: Promise<object>): Promise<Output | undefined> => {
  try {
    return (await answer) as Output
  } catch (error) {
    if (error instanceof AwsError && error.status >= 500) return undefined
    throw error
  }
}
