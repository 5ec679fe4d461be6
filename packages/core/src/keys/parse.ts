import { parserOf } from '../declare/declare.ts'
import type { Declared } from '../declare/declared.ts'
import type { RawValue } from '../shared/raw-value.ts'
import type { Result } from '../shared/result.ts'

/** Reads a raw value as it was declared. A promise only where the schema is asynchronous. */
export function parse(
  declared: Declared<unknown>,
  raw: RawValue,
): Result<unknown> | Promise<Result<unknown>> {
  return parserOf(declared)(raw, declared.schema)
}
