import type { Operation } from './operation.ts'
import { getParameter } from './parameter-store/get-parameter.ts'
import { getSecretValue } from './secrets-manager/get-secret-value.ts'

export const SECRETS_MANAGER = {
  GetSecretValue: getSecretValue,
} as const satisfies Record<string, Operation>

export const PARAMETER_STORE = {
  GetParameter: getParameter,
} as const satisfies Record<string, Operation>

export type Service = 'secretsmanager' | 'ssm'

export type OperationName = keyof typeof SECRETS_MANAGER | keyof typeof PARAMETER_STORE

export const SERVICE_OF: ReadonlyMap<string, Service> = new Map([
  ...Object.keys(SECRETS_MANAGER).map((name) => [name, 'secretsmanager'] as const),
  ...Object.keys(PARAMETER_STORE).map((name) => [name, 'ssm'] as const),
])

export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  ...SECRETS_MANAGER,
  ...PARAMETER_STORE,
}
