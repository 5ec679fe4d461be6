import { type ErrorDetails, SecretsCacheError } from './secrets-cache-error.ts'

/** An option or a declaration is wrong: thrown where the middleware is made, before any request. */
export class ConfigurationError extends SecretsCacheError {
  readonly code = 'CONFIGURATION'
  readonly transient = false
  constructor(details?: ErrorDetails) {
    super('configuration', 'Mend the options.', details)
  }
}

/** A forced refresh was asked of a source that cannot give one. */
export class NotRefreshableError extends SecretsCacheError {
  readonly code = 'NOT_REFRESHABLE'
  readonly transient = false
  constructor(details?: ErrorDetails) {
    super(
      'cannot be refreshed past a cache in between',
      'Use source: firstOf(extension(), sdk()), or sdk().',
      details,
    )
  }
}

/** An object that no middleware made was given where a view is needed: a spread, a clone, a plain object. */
export class ForeignViewError extends SecretsCacheError {
  readonly code = 'FOREIGN_VIEW'
  readonly transient = false
  constructor(details?: ErrorDetails) {
    super('not a view', 'Pass context.secrets or context.parameters itself, not a copy.', details)
  }
}

/** Several keys failed; `errors` has each, in the order they were declared. */
export class SeveralError extends SecretsCacheError {
  readonly code = 'SEVERAL'
  readonly transient: boolean
  readonly errors: readonly SecretsCacheError[]
  constructor(errors: readonly SecretsCacheError[]) {
    super(`${errors.length} failed`, errors.map((error) => error.message).join(' | '))
    this.errors = errors
    this.transient = errors.every((error) => error.transient)
  }
}
