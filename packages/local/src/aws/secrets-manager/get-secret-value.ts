import { AwsError } from '../../account/aws-error.ts'
import type { Secret, SecretVersion } from '../../account/secrets.ts'
import { requiredText, seconds, textOf } from '../input.ts'
import type { Operation } from '../operation.ts'

/** What GetSecretValue answers, in AWS JSON. */
export interface SecretValue {
  readonly ARN: string
  readonly Name: string
  readonly VersionId: string
  readonly SecretString?: string
  /** Base64. */
  readonly SecretBinary?: string
  readonly VersionStages: readonly string[]
  /** Seconds since 1970. */
  readonly CreatedDate: number
}

export const STAGE_OF_ANOTHER_VERSION =
  'You provided a VersionStage that is not associated to the provided VersionId.'

export const getSecretValue: Operation = (input, { account, authorise }) => {
  const id = requiredText(input, 'SecretId')
  authorise('secretsmanager:GetSecretValue', id)
  const secret = account.secrets.get(id)
  authorise('kms:Decrypt', id)
  return secretValue(readable(secret), textOf(input, 'VersionId'), textOf(input, 'VersionStage'))
}

/** Refuses a secret that is scheduled for deletion. */
export const readable = (secret: Secret): Secret => {
  if (secret.deleted === undefined) return secret
  throw new AwsError(
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
  )
}

export const secretValue = (secret: Secret, versionId?: string, stage?: string): SecretValue => {
  const version = pick(secret, versionId, stage)
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    ...(typeof version.value === 'string'
      ? { SecretString: version.value }
      : { SecretBinary: Buffer.from(version.value).toString('base64') }),
    VersionStages: [...version.stages],
    CreatedDate: seconds(version.created),
  }
}

const pick = ({ versions }: Secret, versionId?: string, stage?: string): SecretVersion => {
  if (versionId === undefined) {
    const wanted = stage ?? 'AWSCURRENT'
    const current = [...versions.values()].find(({ stages }) => stages.has(wanted))
    return current ?? missing(`staging label: ${wanted}`)
  }
  const version = versions.get(versionId) ?? missing(`VersionId: ${versionId}`)
  if (stage === undefined || version.stages.has(stage)) return version
  throw new AwsError('InvalidRequestException', STAGE_OF_ANOTHER_VERSION)
}

const missing = (what: string): never => {
  throw new AwsError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for ${what}`,
  )
}
