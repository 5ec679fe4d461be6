import type { RawValue } from '../shared/raw-value.ts'
import type { Result } from '../shared/result.ts'
import type { Schema } from './standard-schema.ts'

/**
 * Reads a raw value in one format: right, or refused. A reference brings the parser of its format along, so that a
 * bundle holds only the parsers of the formats that are declared.
 */
export type Parser = (
  raw: RawValue,
  schema: Schema<unknown> | undefined,
) => Result<unknown> | Promise<Result<unknown>>
