export type { ErrorCode } from './codes.ts'
export { JsonError, SchemaError, WrongKindError } from './from-reading.ts'
export {
  AccessDeniedError,
  DecryptionError,
  InvalidRequestError,
  MissingClientError,
  NotFoundError,
  NotReadyError,
  RefusedError,
  ResponseError,
  ServiceError,
  SourceError,
  ThrottledError,
  TimeoutError,
  TokenError,
  TooLargeError,
  UnreachableError,
  UnsupportedError,
} from './from-source.ts'
export { ConfigurationError, ForeignViewError, NotRefreshableError, SeveralError } from './from-usage.ts'
export { type ErrorDetails, isSecretsCacheError, SecretsCacheError } from './secrets-cache-error.ts'
