import type { Times } from '../declare/times.ts'
import type { SecretsCacheError } from '../errors/index.ts'
import type { Emit } from '../shared/events.ts'
import type { Source } from '../source/source.ts'
import type { Entry } from './entry.ts'
import { type Awaitable, type LoadResult, timeoutOf } from './load.ts'
import type { Loaded } from './loaded.ts'
import type { Loads } from './loads.ts'
import { isBackingOff, stateOf, within } from './state.ts'
import { hasSameBytes, type StoredValue } from './stored-value.ts'

/** How a conditional refresh ended. */
export type Refreshed =
  | { readonly status: 'changed'; readonly loaded: Loaded }
  | { readonly status: 'unchanged' }
  | { readonly status: 'failed'; readonly error: SecretsCacheError }

/** Who asks for a refresh. */
export interface Refresher {
  readonly source: Source
  readonly entry: Entry
  readonly times: Times
  readonly emit: Emit
  /** Whether somebody still waits: a load that was given up is not repeated for nobody. @default always */
  readonly isWaiting?: () => boolean
}

/** A load that began after this call, whatever the backoff; one for all who ask meanwhile. */
export async function refresh(
  loads: Loads,
  { source, entry, emit }: Omit<Refresher, 'times'>,
): Promise<LoadResult> {
  const since = loads.lastSeq
  for (;;) {
    const result = await forcedAfter(loads, source, entry, since, emit).promise
    if (result.status !== 'superseded') return result
    // It was given up. Another forced load is joined if one runs; none is started, because the caller may have left.
    const { load, failure } = entry.state
    if (failure && !load?.isForced) return { status: 'failed', error: failure.error }
  }
}

/** A value other than `rejected`, in as few loads as possible for however many callers. */
export async function refreshRejected(
  loads: Loads,
  refresher: Refresher,
  rejected: StoredValue,
): Promise<Refreshed> {
  const { source, entry, emit, isWaiting = () => true } = refresher
  for (;;) {
    const running = loads.live(entry, emit)
    const known = otherThan(rejected, refresher, loads)
    if (known) return { status: 'changed', loaded: known }
    if (!running) {
      const now = loads.clock.now()
      const { failure, forcedAt } = entry.state
      if (failure && isBackingOff(entry.state, now)) return { status: 'failed', error: failure.error }
      if (within(now - forcedAt, loads.limits.minimumRefreshInterval)) return { status: 'unchanged' }
    }
    const result = await (running ?? forcedAfter(loads, source, entry, loads.lastSeq, emit)).promise
    if (result.status === 'superseded') {
      if (isWaiting()) continue
      return { status: 'failed', error: timeoutOf(running) }
    }
    if (result.status === 'failed') {
      const last = otherThan(rejected, refresher, loads)
      return last ? { status: 'changed', loaded: last } : result
    }
    const { loaded } = result
    if (!hasSameBytes(rejected, loaded.value.raw)) return { status: 'changed', loaded }
    // A plain load may have been answered by a cache in between: one forced load follows, within its interval.
    if (!running || running.isForced) return { status: 'unchanged' }
  }
}

/** What to wait for when only a forced load that began after load number `since` will do. */
function forcedAfter(loads: Loads, source: Source, entry: Entry, since: number, emit: Emit): Awaitable {
  const load = loads.live(entry, emit)
  if (!load) {
    const awaiting = Promise.withResolvers<LoadResult>()
    loads.start(source, [entry], emit, { awaiting })
    return awaiting
  }
  if (load.isForced && load.seq > since) return load
  load.next ??= { ...Promise.withResolvers<LoadResult>(), source, emit }
  return load.next
}

/** The stored value, if it is another one that may be had without a load, or after one has failed. */
function otherThan(
  rejected: StoredValue,
  { entry, times }: Refresher,
  { clock, limits }: Loads,
): Loaded | undefined {
  const { loaded, refusedSeq } = entry.state
  if (!loaded || hasSameBytes(rejected, loaded.value.raw)) return undefined
  const now = clock.now()
  const state = stateOf(entry.state, times, now, limits)
  if (state === 'fresh' || state === 'stale') return loaded
  // With maxAge 0 a value is never fresh, but a forced load would bring the same one within the interval.
  const isNew = loaded.seq >= refusedSeq && within(now - loaded.loadedAt, limits.minimumRefreshInterval)
  return isNew || (state === 'grace' && isBackingOff(entry.state, now)) ? loaded : undefined
}
