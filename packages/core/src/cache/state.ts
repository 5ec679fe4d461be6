import type { Times } from '../declare/times.ts'
import type { Limits } from '../shared/limits.ts'
import { isBackingOff } from './backoff.ts'
import { within } from './within.ts'

/**
 * What a declared key finds, and so what a read gets:
 * - `fresh`: the value.
 * - `stale`: the value; one background load.
 * - `grace`: a newer value, waited for briefly; if none comes, the value.
 * - `loading`: the outcome of the load that runs.
 * - `failed`: the error that is remembered.
 * - `expired`, `empty`: a load.
 */
export type State = 'fresh' | 'stale' | 'grace' | 'loading' | 'failed' | 'expired' | 'empty'

/** What the decision needs to know of an entry. */
export interface Stamps {
  /** Of the load that brought the value. */
  readonly loaded: { readonly seq: number; readonly loadedAt: number; readonly jitter: number } | undefined
  /** The last load that failed for good, or the last one before a clear: an older value is served only while fresh. */
  readonly voidSeq: number
  readonly load: { readonly startedAt: number } | undefined
  readonly failure: { readonly failedAt: number; readonly pause: number } | undefined
}

/** How long a value is fresh, from its load's start. Jitter only shortens. */
export function freshFor(jitter: number, times: Times, limits: Limits): number {
  return times.maxAge * (1 - limits.maxAgeJitter * jitter)
}

/** Judged by the wall clock at each look, because timers do not run while a process is frozen. */
export function isLive(load: Stamps['load'], now: number, limits: Limits): boolean {
  return load !== undefined && within(now - load.startedAt, limits.loadTimeout)
}

/** The whole decision, pure: an entry's stamps, one key's times, the time of the read. */
export function stateOf(stamps: Stamps, times: Times, now: number, limits: Limits): State {
  const { loaded } = stamps
  if (loaded) {
    const age = now - loaded.loadedAt
    const fresh = freshFor(loaded.jitter, times, limits)
    if (within(age, fresh)) return 'fresh'
    const isVoidSince = loaded.seq < stamps.voidSeq
    if (!isVoidSince && within(age, fresh + times.staleFor)) return 'stale'
    if (!isVoidSince && within(age, fresh + times.usableFor)) return 'grace'
  }
  if (isLive(stamps.load, now, limits)) return 'loading'
  if (isBackingOff(stamps, now)) return 'failed'
  return loaded ? 'expired' : 'empty'
}
