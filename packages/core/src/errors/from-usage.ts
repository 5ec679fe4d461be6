import { SecretsCacheError } from './secrets-cache-error.ts'

/** An option or a declaration is wrong: thrown where the middleware is made, before any request. */
export class ConfigurationError extends SecretsCacheError {
  static override readonly label = 'ConfigurationError'
  static override readonly summary = 'configuration'
  static override readonly remedy = 'Correct the options.'
  readonly code = 'CONFIGURATION'
  readonly transient = false
}

/** A forced refresh was asked of a source that cannot give one. */
export class NotRefreshableError extends SecretsCacheError {
  static override readonly label = 'NotRefreshableError'
  static override readonly summary = 'cannot be refreshed past a cache in between'
  static override readonly remedy = 'Use source: firstOf(extension(), direct()), direct() or sdk().'
  readonly code = 'NOT_REFRESHABLE'
  readonly transient = false
}

/** An object that no middleware made was given where a view is needed: a spread, a clone, a plain object. */
export class ForeignViewError extends SecretsCacheError {
  static override readonly label = 'ForeignViewError'
  static override readonly summary = 'not a view'
  static override readonly remedy = 'Pass context.secrets or context.parameters itself, not a copy.'
  readonly code = 'FOREIGN_VIEW'
  readonly transient = false
}

/** How many of several errors a message quotes; `errors` has all of them. */
const mostQuoted = 10

/** Several keys failed; `errors` has each, in the order they were declared. */
export class SeveralError extends SecretsCacheError {
  static override readonly label = 'SeveralError'
  readonly code = 'SEVERAL'
  readonly transient: boolean
  readonly errors: readonly SecretsCacheError[]

  constructor(errors: readonly SecretsCacheError[]) {
    const quoted = errors.slice(0, mostQuoted).map(({ message }) => message)
    const more = errors.length > mostQuoted ? [`and ${errors.length - mostQuoted} more, in error.errors`] : []
    super({ remedy: [...quoted, ...more].join(' | ') }, `${errors.length} failed`)
    this.errors = errors
    this.transient = errors.every((error) => error.transient)
  }

  /** Each of the errors already says what it is about. */
  override about(): SecretsCacheError {
    return this
  }
}
