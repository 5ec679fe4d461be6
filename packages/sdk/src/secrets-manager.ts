import { type Outcome, ResponseError, type SecretReference } from '@secrets-cache/core'
import { type Asked, failed, inBatches } from './batches.ts'
import type { SecretsManagerModule } from './clients.ts'
import { failureOf } from './failure.ts'
import { type Fields, fieldsOf, listOf, only, textOf } from './fields.ts'
import type { Session } from './session.ts'

const action = 'secretsmanager:GetSecretValue'
const batchAction = 'secretsmanager:BatchGetSecretValue'

/**
 * Current versions in twenties by BatchGetSecretValue, which knows AWSCURRENT only; another stage or version by
 * GetSecretValue. So is a secret that is alone: as many calls, and one permission less.
 */
export function askSecrets(
  references: readonly SecretReference[],
  session: Session<SecretsManagerModule>,
): Asked<SecretReference> {
  const askOne = (reference: SecretReference) => askSecret(reference, session)
  const current = inBatches(references.filter(isCurrent), {
    most: 20,
    fewest: 2,
    ask: (batch) => askBatch(batch, session),
    askOne,
    // A secret that is denied stands in `Errors`: a denial of the call is of the action, or of a VPC endpoint.
    isSpoiltByOne: false,
    // 100 calls a second in an account and Region; GetSecretValue has 10,000.
    isThrottledAlone: true,
    isRefused: session.isBatchRefused,
    refuse: () => session.refuseBatch(`${batchAction} is refused, each secret is asked for by ${action}`),
  })
  const others = references.filter((reference) => !isCurrent(reference))
  return [...current, ...others.map((reference) => [reference, askOne(reference)] as const)]
}

function isCurrent({ stage = 'AWSCURRENT', versionId }: SecretReference): boolean {
  return stage === 'AWSCURRENT' && versionId === undefined
}

async function askSecret(
  reference: SecretReference,
  { send }: Session<SecretsManagerModule>,
): Promise<Outcome> {
  const { id: SecretId, versionId: VersionId, stage: VersionStage } = reference
  const answer = await send({
    command: ({ GetSecretValueCommand }) => new GetSecretValueCommand({ SecretId, VersionId, VersionStage }),
    action,
    references: [reference],
  })
  return answer.ok ? secretOutcome(answer.output) : answer
}

async function askBatch(batch: readonly SecretReference[], { send }: Session<SecretsManagerModule>) {
  const SecretIdList = batch.map(({ id }) => id)
  const answer = await send({
    command: ({ BatchGetSecretValueCommand }) => new BatchGetSecretValueCommand({ SecretIdList }),
    action: batchAction,
    references: batch,
  })
  if (!answer.ok) return answer.error
  const errors = listOf(answer.output['Errors'])
  const values = listOf(answer.output['SecretValues'])
  return SecretIdList.map((id) => {
    const error = errors.find(({ SecretId }) => SecretId === id)
    if (error) return failed(failureOf({ name: error['ErrorCode'] }, action))
    const value = only(values.filter((candidate) => isNamed(candidate, id)))
    return value && secretOutcome(value)
  })
}

/** By name, by ARN, or by an ARN without the hyphen and six characters that AWS puts at its end. */
function isNamed({ Name, ARN }: Fields, id: string): boolean {
  if (Name === id || ARN === id) return true
  const arn = String(ARN)
  return arn.startsWith(id) && /^-\w{6}$/.test(arn.slice(id.length))
}

function secretOutcome(answer: Fields): Outcome {
  const { SecretString, SecretBinary, VersionId, ARN } = fieldsOf(answer)
  const value = SecretString ?? SecretBinary
  if (typeof value !== 'string' && !(value instanceof Uint8Array)) {
    return failed(new ResponseError({ reason: 'there is no value in it' }))
  }
  return { ok: true, value, version: textOf(VersionId), arn: textOf(ARN) }
}
