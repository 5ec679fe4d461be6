import type { Times } from '../declare/times.ts'
import type { SecretsCacheError } from '../errors/index.ts'
import type { Emit } from '../shared/events.ts'
import type { Source } from '../source/source.ts'
import { isBackingOff } from './backoff.ts'
import type { Entry } from './entry.ts'
import { type Awaitable, type LoadResult, timeoutOf } from './load.ts'
import type { Loaded } from './loaded.ts'
import type { Loader } from './loader.ts'
import { stateOf } from './state.ts'
import { hasSameBytes, type StoredValue } from './stored-value.ts'
import { within } from './within.ts'

/** How `refreshRejected` ended. */
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
  /** A load that was given up is repeated only while this is true. @default always true */
  readonly isWaiting?: () => boolean
}

/** Waits for a forced load that starts after this call, even while backing off. Concurrent callers share it. */
export async function refresh(
  loader: Loader,
  { source, entry, emit }: Omit<Refresher, 'times'>,
): Promise<LoadResult> {
  const since = loader.lastSeq
  for (;;) {
    const result = await forcedAfter(loader, source, entry, since, emit).promise
    if (result.status !== 'superseded') return result
    // After a give-up: join a forced load if one runs, else fail. After a clear or a detached alias: ask again.
    const { load, failure } = entry.state
    if (failure && !load?.isForced) return { status: 'failed', error: failure.error }
  }
}

/** Gets a value with other bytes than `rejected`. All callers share the loads. */
export async function refreshRejected(
  loader: Loader,
  refresher: Refresher,
  rejected: StoredValue,
): Promise<Refreshed> {
  const { source, entry, emit, isWaiting = () => true } = refresher
  for (;;) {
    const running = loader.live(entry, emit)
    const known = otherThan(rejected, refresher, loader)
    if (known) return { status: 'changed', loaded: known }
    if (!running) {
      const now = loader.clock.now()
      const { failure, forcedAt } = entry.state
      if (failure && isBackingOff(entry.state, now)) return { status: 'failed', error: failure.error }
      if (within(now - forcedAt, loader.limits.minimumRefreshInterval)) return { status: 'unchanged' }
    }
    const result = await (running ?? forcedAfter(loader, source, entry, loader.lastSeq, emit)).promise
    if (result.status === 'superseded') {
      if (isWaiting()) continue
      return { status: 'failed', error: timeoutOf(running) }
    }
    if (result.status === 'failed') {
      const last = otherThan(rejected, refresher, loader)
      return last ? { status: 'changed', loaded: last } : result
    }
    const { loaded } = result
    if (!hasSameBytes(rejected, loaded.value.raw)) return { status: 'changed', loaded }
    // A plain load may have been answered by a cache in between: a forced one follows, unless one began a moment ago.
    if (!running || running.isForced) return { status: 'unchanged' }
  }
}

/** What to wait for when only a forced load that began after load number `since` will do. */
function forcedAfter(loader: Loader, source: Source, entry: Entry, since: number, emit: Emit): Awaitable {
  const load = loader.live(entry, emit)
  if (!load) {
    const awaiting = Promise.withResolvers<LoadResult>()
    loader.start(source, [entry], emit, { awaiting })
    return awaiting
  }
  if (load.isForced && load.seq > since) return load
  load.next ??= { ...Promise.withResolvers<LoadResult>(), source, emit }
  return load.next
}

/** The stored value, if its bytes differ and it may be served as it is. */
function otherThan(
  rejected: StoredValue,
  { entry, times }: Refresher,
  { clock, limits }: Loader,
): Loaded | undefined {
  const { loaded, voidSeq } = entry.state
  if (!loaded || hasSameBytes(rejected, loaded.value.raw)) return undefined
  const now = clock.now()
  const state = stateOf(entry.state, times, now, limits)
  if (state === 'fresh' || state === 'stale') return loaded
  // With maxAge 0 nothing is ever fresh; then what was loaded within the interval counts as new.
  const isNew = loaded.seq >= voidSeq && within(now - loaded.loadedAt, limits.minimumRefreshInterval)
  return isNew || (state === 'grace' && isBackingOff(entry.state, now)) ? loaded : undefined
}
