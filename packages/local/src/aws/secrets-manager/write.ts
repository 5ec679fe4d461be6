import { AwsError, validation } from '../../account/aws-error.ts'
import { moveStage, type Secret } from '../../account/secrets.ts'
import { SECRET_BYTES } from '../../account/values.ts'
import { flagOf, type Input, numberOf, requiredText, seconds, textOf, textsOf } from '../input.ts'
import type { Operation } from '../operation.ts'
import { readable } from './get-secret-value.ts'

export const createSecret: Operation = (input, { account, authorise }) => {
  const name = requiredText(input, 'Name')
  authorise('secretsmanager:CreateSecret', name)
  if (!/^[\w/+=.@-]{1,512}$/.test(name))
    throw validation(
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of: -/_+=.@!',
    )
  if (account.secrets.find(name))
    throw new AwsError(
      'ResourceExistsException',
      `The operation failed because the secret ${name} already exists.`,
    )
  const value = contentOf(input)
  const secret = account.secrets.create(name)
  if (value === undefined) return { ARN: secret.arn, Name: name }
  const { id } = account.secrets.addVersion(secret, { value, versionId: textOf(input, 'ClientRequestToken') })
  return { ARN: secret.arn, Name: name, VersionId: id }
}

export const putSecretValue: Operation = (input, { account, authorise }) => {
  const id = requiredText(input, 'SecretId')
  authorise('secretsmanager:PutSecretValue', id)
  const secret = readable(account.secrets.get(id))
  const value = contentOf(input)
  if (value === undefined)
    throw new AwsError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.')
  const versionId = textOf(input, 'ClientRequestToken')
  const version =
    sameVersion(secret, versionId, value) ??
    account.secrets.addVersion(secret, { value, versionId, stages: textsOf(input, 'VersionStages') })
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [...version.stages] }
}

export const updateSecretVersionStage: Operation = (input, { account, authorise }) => {
  const id = requiredText(input, 'SecretId')
  authorise('secretsmanager:UpdateSecretVersionStage', id)
  const secret = readable(account.secrets.get(id))
  const stage = requiredText(input, 'VersionStage')
  const from = textOf(input, 'RemoveFromVersionId')
  const to = textOf(input, 'MoveToVersionId')
  const holder = [...secret.versions.values()].find(({ stages }) => stages.has(stage))
  if (holder && holder.id !== to && holder.id !== from)
    throw new AwsError(
      'InvalidParameterException',
      `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
    )
  if (to === undefined) holder?.stages.delete(stage)
  else moveStage(secret, stage, versionOf(secret, to))
  return { ARN: secret.arn, Name: secret.name }
}

export const deleteSecret: Operation = (input, { account, authorise }) => {
  const id = requiredText(input, 'SecretId')
  authorise('secretsmanager:DeleteSecret', id)
  const days = numberOf(input, 'RecoveryWindowInDays')
  const force = flagOf(input, 'ForceDeleteWithoutRecovery')
  if (force && days !== undefined)
    throw new AwsError(
      'InvalidParameterException',
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    )
  const secret = account.secrets.get(id)
  const deletion = account.now() + (force ? 0 : (days ?? 30) * 86_400_000)
  if (force) account.secrets.remove(secret)
  else readable(secret).deleted = account.now()
  return { ARN: secret.arn, Name: secret.name, DeletionDate: seconds(deletion) }
}

export const restoreSecret: Operation = (input, { account, authorise }) => {
  const id = requiredText(input, 'SecretId')
  authorise('secretsmanager:RestoreSecret', id)
  const secret = account.secrets.get(id)
  delete secret.deleted
  return { ARN: secret.arn, Name: secret.name }
}

const contentOf = (input: Input): string | Uint8Array | undefined => {
  const base64 = textOf(input, 'SecretBinary')
  const value =
    base64 === undefined ? textOf(input, 'SecretString') : Uint8Array.from(Buffer.from(base64, 'base64'))
  if (value === undefined) return undefined
  const bytes = typeof value === 'string' ? Buffer.byteLength(value) : value.byteLength
  if (bytes >= 1 && bytes <= SECRET_BYTES) return value
  const member = base64 === undefined ? 'secretString' : 'secretBinary'
  const rule = bytes === 0 ? 'greater than or equal to 1' : `less than or equal to ${SECRET_BYTES}`
  throw validation(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length ${rule}`,
  )
}

/** A request sent twice makes one version; the same token with another value is refused. */
const sameVersion = ({ versions }: Secret, id: string | undefined, value: string | Uint8Array) => {
  const held = id === undefined ? undefined : versions.get(id)
  if (!held || Buffer.compare(Buffer.from(held.value), Buffer.from(value)) === 0) return held
  throw new AwsError(
    'ResourceExistsException',
    'The operation failed because a version with this ClientRequestToken already exists with another value.',
  )
}

const versionOf = ({ versions }: Secret, id: string) => {
  const version = versions.get(id)
  if (version) return version
  throw new AwsError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for VersionId: ${id}`,
  )
}
