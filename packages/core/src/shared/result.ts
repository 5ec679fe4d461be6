import type { SecretsCacheError } from '../errors/index.ts'

/** A value, or why there is none. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: SecretsCacheError }
