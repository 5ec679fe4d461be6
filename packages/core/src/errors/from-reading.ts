import { type ErrorDetails, SecretsCacheError } from './secrets-cache-error.ts'

// What was fetched is kept; only this declaration cannot read it. All three may heal with the next version.

/** Declared as JSON and is not. The parser's own message quotes the text, so it is not passed on. */
export class JsonError extends SecretsCacheError {
  readonly code = 'INVALID_JSON'
  readonly transient = true
  constructor(details?: ErrorDetails) {
    super('not valid JSON', 'Mend the stored value, or declare it with text().', details)
  }
}

/** The schema refused it. `reason` gives the paths only: a validator's message may quote the value. */
export class SchemaError extends SecretsCacheError {
  readonly code = 'SCHEMA_MISMATCH'
  readonly transient = true
  constructor(details?: ErrorDetails) {
    super('does not match its schema', 'Mend the stored value or the schema.', details)
  }
}

/** Another kind of value than was declared: binary for text, a list for JSON. */
export class WrongKindError extends SecretsCacheError {
  readonly code = 'WRONG_KIND'
  readonly transient = true
  constructor(details?: ErrorDetails) {
    super('another kind of value than declared', 'Declare it as what it is.', details)
  }
}
