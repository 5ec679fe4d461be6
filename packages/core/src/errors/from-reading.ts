import { SecretsCacheError } from './secrets-cache-error.ts'

// What was fetched is kept; only this declaration cannot read it. All three are transient: the next version may be readable.

/** Declared as JSON and is not. The parser's own message quotes the text, so it is not passed on. */
export class JsonError extends SecretsCacheError {
  static override readonly label = 'JsonError'
  static override readonly summary = 'not valid JSON'
  static override readonly remedy = 'Correct the stored value, or declare it with text().'
  readonly code = 'INVALID_JSON'
  readonly transient = true
}

/** The schema refused it. `reason` gives the paths only: a validator's message may quote the value. */
export class SchemaError extends SecretsCacheError {
  static override readonly label = 'SchemaError'
  static override readonly summary = 'does not match its schema'
  static override readonly remedy = 'Correct the stored value or the schema.'
  readonly code = 'SCHEMA_MISMATCH'
  readonly transient = true
}

/** Another kind of value than was declared: binary for text, a list for JSON. */
export class WrongKindError extends SecretsCacheError {
  static override readonly label = 'WrongKindError'
  static override readonly summary = 'another kind of value than declared'
  static override readonly remedy = 'Declare it as what it is.'
  readonly code = 'WRONG_KIND'
  readonly transient = true
}
