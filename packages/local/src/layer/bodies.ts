import type { ParameterValue } from '../aws/parameter-store/parameter-value.ts'
import type { SecretValue } from '../aws/secrets-manager/get-secret-value.ts'

/** The layer's bodies: AWS's answer as Go prints it, members in its order, absent ones null (recorded 2022-11). */
export const secretBody = (value: SecretValue): string =>
  JSON.stringify({
    ARN: value.ARN,
    CreatedDate: goTime(value.CreatedDate),
    Name: value.Name,
    SecretBinary: value.SecretBinary ?? null,
    SecretString: value.SecretString ?? null,
    VersionId: value.VersionId,
    VersionStages: value.VersionStages,
    ResultMetadata: {},
  })

export const parameterBody = ({ Parameter: value }: { readonly Parameter: ParameterValue }): string =>
  JSON.stringify({
    Parameter: {
      ARN: value.ARN,
      DataType: value.DataType ?? null,
      LastModifiedDate: goTime(value.LastModifiedDate),
      Name: value.Name,
      Selector: value.Selector ?? null,
      SourceResult: value.SourceResult ?? null,
      Type: value.Type,
      Value: value.Value ?? null,
      Version: value.Version,
    },
    ResultMetadata: {},
  })

/** Go leaves out zeros at the end of a fraction: `40.5Z`, `40Z`. */
const goTime = (seconds: number): string =>
  new Date(Math.round(seconds * 1000)).toISOString().replace(/0+Z$/, 'Z').replace('.Z', 'Z')
