export { isSameAsked } from './asked.ts'
export { isHttpAuthError, isMysqlAuthError, isPostgresAuthError } from './auth-errors.ts'
export { checkOptionValues, type OptionCheck } from './check.ts'
export {
  createReader,
  createSecrets,
  type Declarations,
  type GetOptions,
  type Nothing,
  type ReadOptions,
  type SecretsReader,
  type ViewsOf,
} from './create-secrets.ts'
export {
  defineParameters,
  defineSecrets,
  type ParametersDeclaration,
  pick,
  type SecretsDeclaration,
  type ValueOf,
  type Values,
} from './declaration.ts'
export {
  binary,
  type Declared,
  json,
  list,
  type ReferenceOptions,
  type TreeOptions,
  text,
  tree,
} from './declare.ts'
export { type DeriveOptions, derive } from './derive.ts'
export type { Description } from './describe.ts'
export * from './errors/index.ts'
export {
  channelName,
  type Emit,
  type EventType,
  type OnEvent,
  type SecretsEvent,
  type StaleReason,
} from './events.ts'
export { firstOf } from './first-of.ts'
export { isLeasing, leaseViews } from './lease.ts'
export type { SecretsOptions } from './options.ts'
export type { ParameterReference, Reference, SecretReference, TreeReference } from './reference.ts'
export { type RetryOptions, retryOnRotation } from './rotation.ts'
export type { FetchContext, Outcome, Outcomes, RawLeaf, RawValue, Source } from './source.ts'
export { type ViewRecord, viewRecord } from './ticket.ts'
export type { CacheTimes } from './times.ts'
export { mergeViews } from './view.ts'
