import type { StoredValue } from './stored-value.ts'

/** What the last successful load brought. */
export interface Loaded {
  readonly value: StoredValue
  /** What AWS calls this version, where the source tells it: shown, never compared. */
  readonly version: string | undefined
  /** The number of that load. */
  readonly seq: number
  /** When that load began. */
  readonly loadedAt: number
  /** A random number from 0 to 1: how much of the allowed jitter shortens its freshness. */
  readonly jitter: number
}
