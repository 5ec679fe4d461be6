import type { Cache } from '../cache/cache.ts'
import type { Loaded } from '../cache/loaded.ts'
import type { Emit } from '../shared/events.ts'
import type { DeclaredKey } from './declared-key.ts'

/** What all keys of one reader have in common when they are read. */
export interface ReaderContext {
  readonly cache: Cache
  readonly emit: Emit
  readonly timeoutMilliseconds: number
}

/** How a key of a view finds back to what it shows: `retryOnRotation` and `derive` work with it. */
export interface KeyHandle {
  readonly key: DeclaredKey
  /** What the load of the shown value brought; nothing for a declared fallback. */
  readonly loaded: Loaded | undefined
  /** What is shown: one object while it is the same value, read the same way. */
  readonly result: object
  readonly context: ReaderContext
}
