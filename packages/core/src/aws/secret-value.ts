import { NotFoundError } from '../errors/index.ts'
import { type Fields, textOf } from '../shared/fields.ts'

/** Whether an answer of GetSecretValue names a secret and holds neither text nor bytes: it was created without them. */
export function hasNoValueYet({ SecretString, SecretBinary, ARN, Name }: Fields): boolean {
  const isEmpty = (SecretString ?? SecretBinary ?? undefined) === undefined
  return isEmpty && textOf(Name) !== undefined && textOf(ARN)?.startsWith('arn:') === true
}

/** AWS itself says ResourceNotFoundException of such a secret; some emulators answer with the secret. */
export function noValueYet(): NotFoundError {
  return new NotFoundError({
    reason: 'the secret exists and has no value yet',
    remedy: 'Give it a value (aws secretsmanager put-secret-value), or declare a fallback.',
  })
}
