import type { SecretsCacheError } from '../errors/index.ts'
import type { ErrorClass } from './error-codes.ts'

/** The same error with more to say about its cause, and with what to do about that. */
export function explain(error: SecretsCacheError, reason: string, remedy: string): SecretsCacheError {
  const Class = error.constructor as ErrorClass
  const { key, id, source } = error
  return new Class({ key, id, source, reason: [error.reason, reason].filter(Boolean).join('; '), remedy })
}
