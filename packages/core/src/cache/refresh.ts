import type { Times } from '../declare/times.ts'
import type { SecretsCacheError } from '../errors/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { Emit } from '../shared/events.ts'
import type { Limits } from '../shared/limits.ts'
import type { Entry } from './entry.ts'
import { type Flight, type Landable, type Landing, landable } from './flight.ts'
import { type Held, isSameHeld } from './held.ts'
import { isBackingOff, stateOf, within } from './state.ts'

/** Loads that somebody insists on. */
export interface Refreshes {
  /** A load that began after this call, whatever the backoff; one for all who ask meanwhile. */
  readonly refresh: (entry: Entry, emit: Emit) => Promise<Landing>
  /** A value other than `rejected`, in as few loads as can be for however many callers. */
  readonly refreshRejected: (entry: Entry, rejected: Held, times: Times, emit: Emit) => Promise<Refreshed>
}

/** How a conditional refresh ended. */
export type Refreshed =
  | { readonly status: 'changed'; readonly held: Held }
  | { readonly status: 'unchanged' }
  | { readonly status: 'failed'; readonly error: SecretsCacheError }

/** What refreshing needs of the cache. */
interface Loads {
  readonly clock: Clock
  readonly limits: Limits
  readonly liveFlight: (entry: Entry, emit: Emit) => Flight | undefined
  readonly lastSeq: () => number
  readonly startForced: (entry: Entry, emit: Emit, waiting: Landable) => void
}

export function createRefresh({ clock, limits, liveFlight, lastSeq, startForced }: Loads): Refreshes {
  /** What to wait for when only a forced load begun after load number `since` will do. */
  function forcedAfter(entry: Entry, since: number, emit: Emit): Landable {
    const flight = liveFlight(entry, emit)
    if (!flight) {
      const waiting = landable()
      startForced(entry, emit, waiting)
      return waiting
    }
    if (flight.isForced && flight.seq > since) return flight
    flight.successor ??= { ...landable(), emit }
    return flight.successor
  }

  async function refresh(entry: Entry, emit: Emit): Promise<Landing> {
    const since = lastSeq()
    for (;;) {
      const landing = await forcedAfter(entry, since, emit).landing
      if (landing.status !== 'superseded') return landing
      // Given up. What follows anyway will do; nothing more is started for a caller who may have left long ago.
      const { flight, error } = entry
      if (error && !flight?.isForced) return { status: 'failed', error }
    }
  }

  /** What is held, if it is another value that this reader may have without a load, or after one has failed. */
  function otherThan(rejected: Held, entry: Entry, times: Times): Held | undefined {
    const { held } = entry
    if (!held || isSameHeld(held, rejected)) return undefined
    const now = clock.now()
    const state = stateOf(entry, times, now, limits)
    if (state === 'fresh' || state === 'stale') return held
    // Not fresh with maxAge 0, and yet what a forced load within the interval would bring.
    const isNew = entry.seq === entry.floor && within(now - entry.loadedAt, limits.minimumRefreshInterval)
    return isNew || (state === 'grace' && isBackingOff(entry, now)) ? held : undefined
  }

  async function refreshRejected(entry: Entry, rejected: Held, times: Times, emit: Emit): Promise<Refreshed> {
    for (;;) {
      const running = liveFlight(entry, emit)
      const known = otherThan(rejected, entry, times)
      if (known) return { status: 'changed', held: known }
      if (!running) {
        const now = clock.now()
        if (isBackingOff(entry, now)) return { status: 'failed', error: entry.error as SecretsCacheError }
        if (within(now - entry.forcedAt, limits.minimumRefreshInterval)) return { status: 'unchanged' }
      }
      const landing = await (running ?? forcedAfter(entry, lastSeq(), emit)).landing
      if (landing.status === 'superseded') continue
      if (landing.status === 'failed') {
        const last = otherThan(rejected, entry, times)
        return last ? { status: 'changed', held: last } : landing
      }
      if (!isSameHeld(landing.held, rejected)) return { status: 'changed', held: landing.held }
      // A plain load may have been answered by a cache in between: one forced load follows, within its interval.
      if (!running || running.isForced) return { status: 'unchanged' }
    }
  }

  return { refresh, refreshRejected }
}
