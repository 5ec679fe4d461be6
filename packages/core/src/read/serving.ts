import type { Held } from '../cache/held.ts'
import type { SecretsCacheError } from '../errors/index.ts'

/** What one reader is served. */
export interface Serving {
  readonly value: unknown
  /** What the value was read from; nothing for a declared fallback. */
  readonly held: Held | undefined
  /** It may be served again, as fresh, while `from <= now < until`. */
  readonly from: number
  readonly until: number
}

/** A serving, or why there is none. */
export type Served = { readonly serving: Serving } | { readonly error: SecretsCacheError }

/** Bounds of what must be looked at again at the next read. */
export const never = { from: Number.POSITIVE_INFINITY, until: Number.NEGATIVE_INFINITY } as const
