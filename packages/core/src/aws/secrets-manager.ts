import type { SecretReference } from '../declare/reference.ts'
import { ResponseError } from '../errors/index.ts'
import { type Fields, listOf, textOf } from '../shared/fields.ts'
import type { Outcome } from '../source/source.ts'
import { type AwsSession, iamAction } from './aws-call.ts'
import { failed, inBatches, type Pending } from './batches.ts'
import { failureOfAws } from './failure.ts'
import { only } from './only.ts'
import { hasNoValueYet, noValueYet } from './secret-value.ts'

const service = 'secretsmanager'
const single = iamAction({ service, action: 'GetSecretValue' })
const batched = iamAction({ service, action: 'BatchGetSecretValue' })

/**
 * Current versions in twenties by BatchGetSecretValue, which knows AWSCURRENT only; another stage or version by
 * GetSecretValue. So is a secret that is alone: as many calls, and one permission less.
 */
export function askSecrets(
  references: readonly SecretReference[],
  session: AwsSession,
): Pending<SecretReference> {
  const askOne = (reference: SecretReference) => askSecret(reference, session)
  const current = inBatches(references.filter(isCurrent), {
    most: 20,
    fewest: 2,
    askBatch: (batch) => askBatch(batch, session),
    askOne,
    // A denied secret stands in `Errors`: a denial of the call is of the action, or of a VPC endpoint.
    isSpoiltByOne: false,
    // 100 calls a second in an account and Region; GetSecretValue has 10,000.
    isThrottledAlone: true,
    memory: session.batches,
    onRefused: () => session.degraded(`${batched} is refused, each secret is asked for by ${single}`),
  })
  const others = references.filter((reference) => !isCurrent(reference))
  return [...current, ...others.map((reference) => [reference, askOne(reference)] as const)]
}

function isCurrent({ stage = 'AWSCURRENT', versionId }: SecretReference): boolean {
  return stage === 'AWSCURRENT' && versionId === undefined
}

async function askSecret(reference: SecretReference, { call }: AwsSession): Promise<Outcome> {
  const { id: SecretId, versionId: VersionId, stage: VersionStage } = reference
  const input = { SecretId, VersionId, VersionStage }
  const result = await call({ service, action: 'GetSecretValue', input, references: [reference] })
  return result.ok ? secretOutcome(result.output) : result
}

async function askBatch(batch: readonly SecretReference[], { call }: AwsSession) {
  const SecretIdList = batch.map(({ id }) => id)
  const input = { SecretIdList }
  const result = await call({ service, action: 'BatchGetSecretValue', input, references: batch })
  if (!result.ok) return result.error
  const errors = listOf(result.output['Errors'])
  const values = listOf(result.output['SecretValues'])
  return SecretIdList.map((id) => {
    const error = errors.find(({ SecretId }) => SecretId === id)
    if (error) return failed(failureInBatch(error))
    const value = only(values.filter((candidate) => isNamed(candidate, id)))
    return value && secretOutcome(value)
  })
}

function failureInBatch({ ErrorCode }: Fields) {
  const code = /^\w{1,80}$/.exec(String(ErrorCode))?.[0] ?? ''
  // AWS gives no status for one secret of a batch; its codes are those of a 400.
  const failure = { code, status: undefined, requestId: '', clockOffset: undefined }
  return failureOfAws(failure, single) ?? new ResponseError({ reason: code })
}

/** By name, by ARN, or by an ARN without the hyphen and six characters that AWS puts at its end. */
function isNamed({ Name, ARN }: Fields, id: string): boolean {
  if (Name === id || ARN === id) return true
  const arn = String(ARN)
  return arn.startsWith(id) && /^-\w{6}$/.test(arn.slice(id.length))
}

function secretOutcome(answer: Fields): Outcome {
  const { SecretString, SecretBinary, VersionId, ARN } = answer
  const value = SecretString ?? SecretBinary
  if (typeof value === 'string' || value instanceof Uint8Array) {
    return { ok: true, value, version: textOf(VersionId), arn: textOf(ARN) }
  }
  if (hasNoValueYet(answer)) return failed(noValueYet())
  return failed(new ResponseError({ reason: 'there is no value in it' }))
}
