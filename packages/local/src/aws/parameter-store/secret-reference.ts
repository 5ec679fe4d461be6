import { AwsError, validation } from '../../account/aws-error.ts'
import type { OperationContext } from '../operation.ts'
import { readable, type SecretValue, secretValue } from '../secrets-manager/get-secret-value.ts'
import type { ParameterValue } from './parameter-value.ts'

/** Names under this path are secrets, read through Parameter Store. */
export const SECRET_REFERENCE = '/aws/reference/secretsmanager/'

/**
 * A secret as Parameter Store answers it; the selector is a staging label or a VersionId. Shape as recorded from the
 * layer in 2022-11.
 */
export const referencedSecret = (
  name: string,
  selector: string | undefined,
  decrypt: boolean,
  { account, authorise }: OperationContext,
): ParameterValue => {
  if (!decrypt) throw validation('WithDecryption flag must be True for retrieving a Secret Manager secret.')
  const id = name.slice(SECRET_REFERENCE.length)
  authorise('secretsmanager:GetSecretValue', id)
  const secret = account.secrets.find(id)
  if (!secret) throw new AwsError('ParameterNotFound')
  const isVersion = selector !== undefined && secret.versions.has(selector)
  const value = isVersion
    ? secretValue(readable(secret), selector)
    : secretValue(readable(secret), undefined, selector)
  return {
    Name: name,
    Type: 'SecureString',
    ...(value.SecretString === undefined ? {} : { Value: value.SecretString }),
    Version: 0,
    ...(selector === undefined ? {} : { Selector: `:${selector}` }),
    SourceResult: JSON.stringify(sourceResult(value)),
    LastModifiedDate: value.CreatedDate,
    ARN: secret.arn,
  }
}

const sourceResult = (value: SecretValue) => ({
  ARN: value.ARN,
  name: value.Name,
  versionId: value.VersionId,
  ...(value.SecretString === undefined ? {} : { secretString: value.SecretString }),
  ...(value.SecretBinary === undefined ? {} : { secretBinary: byteBuffer(value.SecretBinary) }),
  versionStages: value.VersionStages,
  createdDate: englishDate(value.CreatedDate * 1000),
})

/** Bytes inside SourceResult are a Java ByteBuffer written field by field. */
const byteBuffer = (base64: string) => {
  const hb = [...Buffer.from(base64, 'base64')]
  return {
    hb,
    offset: 0,
    isReadOnly: false,
    bigEndian: true,
    nativeByteOrder: false,
    mark: -1,
    position: 0,
    limit: hb.length,
    capacity: hb.length,
    address: 16,
  }
}

const dateFormat = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
})

/** `Nov 16, 2022, 8:22:40 AM`; newer ICU data puts a narrow no-break space before AM. */
const englishDate = (milliseconds: number): string =>
  dateFormat.format(milliseconds).replaceAll('\u202f', ' ')
