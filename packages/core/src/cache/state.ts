import type { Times } from '../declare/times.ts'
import type { Limits } from '../shared/limits.ts'

/**
 * What a reader finds, and so what a read gets:
 * - `fresh`: the value.
 * - `stale`: the value; one background load.
 * - `grace`: the newer value, waiting for it a little; else the value.
 * - `loading`: the outcome of the load that runs.
 * - `failed`: the error that is remembered.
 * - `expired`, `empty`: a load.
 */
export type State = 'fresh' | 'stale' | 'grace' | 'loading' | 'failed' | 'expired' | 'empty'

/** All that the decision needs to know of an entry. */
export interface Stamps {
  /** Which load the value came from; 0 where there is none. */
  readonly seq: number
  /** No value of an older load may be stored, nor served beyond its freshness. */
  readonly floor: number
  /** When that load began. */
  readonly loadedAt: number
  /** The random share, 0 to 1, of the jitter. */
  readonly draw: number
  readonly flight: { readonly startedAt: number } | undefined
  readonly failures: number
  readonly failedAt: number
  readonly delay: number
}

/** Half open, and empty before its beginning: after a clock step back nothing is within. */
export const within = (elapsed: number, span: number) => elapsed >= 0 && elapsed < span

/** How long the value is fresh, from its load's start. Jitter only shortens. */
export function freshFor(draw: number, times: Times, limits: Limits): number {
  return times.maxAge * (1 - limits.jitter * draw)
}

/** Judged by the wall clock when somebody looks: a load that a freeze cut in half is dead at the next look. */
export function isLive(flight: Stamps['flight'], now: number, limits: Limits): boolean {
  return flight !== undefined && within(now - flight.startedAt, limits.loadTimeout)
}

export function isBackingOff(stamps: Stamps, now: number): boolean {
  return stamps.failures > 0 && within(now - stamps.failedAt, stamps.delay)
}

/** The whole decision, pure: an entry's stamps, one reader's times, the time of the read. */
export function stateOf(stamps: Stamps, times: Times, now: number, limits: Limits): State {
  const isHeld = stamps.seq > 0
  if (isHeld) {
    const age = now - stamps.loadedAt
    const fresh = freshFor(stamps.draw, times, limits)
    if (within(age, fresh)) return 'fresh'
    const isRefusedSince = stamps.seq < stamps.floor
    if (!isRefusedSince && within(age, fresh + times.staleFor)) return 'stale'
    if (!isRefusedSince && within(age, fresh + times.usableFor)) return 'grace'
  }
  if (isLive(stamps.flight, now, limits)) return 'loading'
  if (isBackingOff(stamps, now)) return 'failed'
  return isHeld ? 'expired' : 'empty'
}
