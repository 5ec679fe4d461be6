import type { Times } from '../declare/times.ts'
import type { Limits } from '../shared/limits.ts'

/**
 * What a declared key finds, and so what a read gets:
 * - `fresh`: the value.
 * - `stale`: the value; one background load.
 * - `grace`: the newer value, after a short wait; else the value.
 * - `loading`: the outcome of the load that runs.
 * - `failed`: the error that is remembered.
 * - `expired`, `empty`: a load.
 */
export type State = 'fresh' | 'stale' | 'grace' | 'loading' | 'failed' | 'expired' | 'empty'

/** What the decision needs to know of an entry. */
export interface Stamps {
  /** Of the load that brought the value. */
  readonly loaded: { readonly seq: number; readonly loadedAt: number; readonly jitter: number } | undefined
  /** The last load that failed for good: an older value is served only while it is fresh. */
  readonly refusedSeq: number
  readonly load: { readonly startedAt: number } | undefined
  readonly failure: { readonly failedAt: number; readonly pause: number } | undefined
}

/** From 0 up to `span`, without `span` itself. A negative time, after the clock was set back, is not within. */
export const within = (elapsed: number, span: number) => elapsed >= 0 && elapsed < span

/** How long a value is fresh, from its load's start. Jitter only shortens. */
export function freshFor(jitter: number, times: Times, limits: Limits): number {
  return times.maxAge * (1 - limits.maxAgeJitter * jitter)
}

/** Judged by the wall clock at each look, because timers do not run while a process is frozen. */
export function isLive(load: Stamps['load'], now: number, limits: Limits): boolean {
  return load !== undefined && within(now - load.startedAt, limits.loadTimeout)
}

/** Whether the source is spared after a failure. */
export function isBackingOff({ failure }: Pick<Stamps, 'failure'>, now: number): boolean {
  return failure !== undefined && within(now - failure.failedAt, failure.pause)
}

/** The pause after the n-th failure in a row: doubled each time, capped, and up to half of it taken off at random. */
export function backoffPause(failures: number, random: number, limits: Limits): number {
  const whole = Math.min(limits.backoffMax, limits.backoffBase * 2 ** (failures - 1))
  return whole * (0.5 + random / 2)
}

/** The whole decision, pure: an entry's stamps, one key's times, the time of the read. */
export function stateOf(stamps: Stamps, times: Times, now: number, limits: Limits): State {
  const { loaded } = stamps
  if (loaded) {
    const age = now - loaded.loadedAt
    const fresh = freshFor(loaded.jitter, times, limits)
    if (within(age, fresh)) return 'fresh'
    const isRefusedSince = loaded.seq < stamps.refusedSeq
    if (!isRefusedSince && within(age, fresh + times.staleFor)) return 'stale'
    if (!isRefusedSince && within(age, fresh + times.usableFor)) return 'grace'
  }
  if (isLive(stamps.load, now, limits)) return 'loading'
  if (isBackingOff(stamps, now)) return 'failed'
  return loaded ? 'expired' : 'empty'
}
