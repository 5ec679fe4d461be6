import { type SecretsCacheError, TimeoutError } from '../errors/index.ts'
import type { Emit } from '../shared/events.ts'
import type { Source } from '../source/source.ts'
import type { Loaded } from './loaded.ts'

/** How one load of one entry ended, for those who waited for it. */
export type LoadResult =
  | { readonly status: 'loaded'; readonly loaded: Loaded }
  | { readonly status: 'failed'; readonly error: SecretsCacheError }
  /** The load was given up, the cache was cleared, or two names of one thing parted: look again. */
  | { readonly status: 'superseded' }

/** What can be waited for. The promise never rejects. */
export type Awaitable = PromiseWithResolvers<LoadResult>

/** One load of one entry, shared by all who need it. */
export interface Load extends Awaitable {
  /** Of the reader that started it: the first of those who share the entry. */
  readonly source: Source
  /** Its place in the order of all loads: the last one started wins. */
  readonly seq: number
  readonly startedAt: number
  /** A random number from 0 to 1: how much of the allowed jitter shortens the freshness of what it brings. */
  readonly jitter: number
  /** Whether it goes past every cache between the source and AWS. */
  readonly isForced: boolean
  /** Whether it was started before anybody asked. */
  readonly isPrefetch: boolean
  /** Cancels the request. */
  readonly abort: () => void
  /** The forced load to start when this one ends, if somebody asked for one. */
  next: NextLoad | undefined
  /** What a waiter is told if its time runs out now: the last failed attempt, or what the source waits for. */
  tellOnTimeout: SecretsCacheError | undefined
}

/** A forced load that starts when the running one ends, and who asked for it first. */
export interface NextLoad extends Awaitable {
  readonly source: Source
  readonly emit: Emit
}

/** Why a load, or a wait for it, ended without an answer: with what the source was doing, where that is known. */
export function timeoutOf(load: Load | undefined): TimeoutError {
  const last = load?.tellOnTimeout
  if (!last) return new TimeoutError()
  const reason = last.code === 'TIMEOUT' ? last.reason : `the last attempt said ${last.code}`
  return new TimeoutError({ reason, remedy: last.remedy })
}
