import type { Operation } from './operation.ts'
import { getParameter } from './parameter-store/get-parameter.ts'
import { getParameters } from './parameter-store/get-parameters.ts'
import { getParametersByPath } from './parameter-store/get-parameters-by-path.ts'
import { deleteParameter, labelParameterVersion, putParameter } from './parameter-store/write.ts'
import { batchGetSecretValue } from './secrets-manager/batch-get-secret-value.ts'
import { describeSecret, listSecrets } from './secrets-manager/describe.ts'
import { getSecretValue } from './secrets-manager/get-secret-value.ts'
import {
  createSecret,
  deleteSecret,
  putSecretValue,
  restoreSecret,
  updateSecretVersionStage,
} from './secrets-manager/write.ts'

export const SECRETS_MANAGER = {
  GetSecretValue: getSecretValue,
  BatchGetSecretValue: batchGetSecretValue,
  DescribeSecret: describeSecret,
  ListSecrets: listSecrets,
  CreateSecret: createSecret,
  PutSecretValue: putSecretValue,
  UpdateSecretVersionStage: updateSecretVersionStage,
  DeleteSecret: deleteSecret,
  RestoreSecret: restoreSecret,
} as const satisfies Record<string, Operation>

export const PARAMETER_STORE = {
  GetParameter: getParameter,
  GetParameters: getParameters,
  GetParametersByPath: getParametersByPath,
  PutParameter: putParameter,
  LabelParameterVersion: labelParameterVersion,
  DeleteParameter: deleteParameter,
} as const satisfies Record<string, Operation>

export type Service = 'secretsmanager' | 'ssm'

export type OperationName = keyof typeof SECRETS_MANAGER | keyof typeof PARAMETER_STORE

export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  ...SECRETS_MANAGER,
  ...PARAMETER_STORE,
}

export const serviceOf = (name: OperationName): Service =>
  name in SECRETS_MANAGER ? 'secretsmanager' : 'ssm'

export const isOperation = (name: string): name is OperationName => Object.hasOwn(OPERATIONS, name)
