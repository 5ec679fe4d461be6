export {
  defineParameters,
  defineSecrets,
  type ParametersDeclaration,
  pick,
  type SecretsDeclaration,
  type ValueOf,
} from './declare/declaration.ts'
export { binary, json, list, text, tree } from './declare/declare.ts'
export type { Declared, ReferenceOptions, TreeOptions } from './declare/declared.ts'
export type { ParameterReference, Reference, SecretReference, TreeReference } from './declare/reference.ts'
export type { CacheTimes } from './declare/times.ts'
export * from './errors/index.ts'
export type { Schema } from './formats/standard-schema.ts'
export { createSecrets } from './read/create-secrets.ts'
export type { Description } from './read/describe.ts'
export { type DeclaredDescription, type Describable, describeDeclared } from './read/describe-declared.ts'
export type { SecretsOptions } from './read/options.ts'
export type {
  Declarations,
  GetOptions,
  ReadOptions,
  SecretsReader,
  ViewsOf,
} from './read/secrets-reader.ts'
export { isHttpAuthError, isMysqlAuthError, isPostgresAuthError } from './rotation/auth-errors.ts'
export { type DeriveOptions, derive } from './rotation/derive.ts'
export { type RetryOptions, retryOnRotation } from './rotation/rotation.ts'
export type {
  Emit,
  EventType,
  OnEvent,
  SecretsEvent,
  StaleReason,
} from './shared/events.ts'
export { firstOf } from './source/first-of.ts'
export type { FetchContext, Outcome, Outcomes, RawLeaf, RawValue, Source } from './source/source.ts'
