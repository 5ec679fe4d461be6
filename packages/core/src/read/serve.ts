import { isBackingOff } from '../cache/backoff.ts'
import type { Cache } from '../cache/cache.ts'
import type { EntryState } from '../cache/entry.ts'
import { type Load, type LoadResult, timeoutOf } from '../cache/load.ts'
import type { Loaded } from '../cache/loaded.ts'
import { type State, stateOf } from '../cache/state.ts'
import { within } from '../cache/within.ts'
import { TimeoutError } from '../errors/index.ts'
import type { DeclaredKey } from '../keys/declared-key.ts'
import type { Emit } from '../shared/events.ts'
import type { Result } from '../shared/result.ts'
import { fail, fallbackOrError, type ReadContext, type Served, serveValue } from './serve-value.ts'

/** What a key finds when it looks: listeners may change the entry afterwards, this stays. */
export interface Found {
  readonly state: State
  readonly entry: EntryState
}

/** What a key finds now. A dead load is given up first, so that the decision sees its failure. */
export function lookAt({ entry, times }: DeclaredKey, { cache, emit }: ReadContext): Found {
  cache.liveLoad(entry, emit)
  return { state: stateOf(entry.state, times, cache.clock.now(), cache.limits), entry: entry.state }
}

/** Whether what a key found calls for a load. `hasTime`: whether the caller can wait for one. */
export function wantsLoad(
  key: DeclaredKey,
  { state, entry }: Found,
  { cache }: ReadContext,
  hasTime: boolean,
) {
  // A background load needs no time of the caller.
  if (state === 'stale' || (state === 'grace' && hasTime)) return !isBackingOff(entry, cache.clock.now())
  return hasTime && (state === 'empty' || state === 'expired') && !isKnownMissing(key, entry, cache)
}

/** Serves one key by what it found: at once where it can be, else when its load has ended or its time is over. */
export function serve(
  key: DeclaredKey,
  found: Found,
  context: ReadContext,
): Result<Served> | Promise<Result<Served>> {
  const { loaded, failure } = found.entry
  const now = context.cache.clock.now()
  switch (found.state) {
    case 'fresh':
      return serveValue(key, loaded as Loaded, 'hit', context)
    case 'stale':
      return serveValue(key, loaded as Loaded, 'revalidating', context)
    case 'failed': {
      const { error, failedAt, pause } = failure as NonNullable<typeof failure>
      return fallbackOrError(key, found.entry, error, context, failedAt + pause - now)
    }
    case 'grace':
      if (isBackingOff(found.entry, now)) return serveValue(key, loaded as Loaded, 'backing-off', context)
      return follow(key, context)
    default:
      return failure && isKnownMissing(key, found.entry, context.cache)
        ? fallbackOrError(key, found.entry, failure.error, context)
        : follow(key, context)
  }
}

/** How often a listener may clear the cache because a load began, before it is told of none: it would never end. */
const mostCleared = 2

/** Waits for loads until the key has a value or an error, or the time is over. */
async function follow(key: DeclaredKey, context: ReadContext): Promise<Result<Served>> {
  const { cache, emit } = context
  const wait = context.wait()
  let cleared = 0
  for (;;) {
    const found = lookAt(key, context)
    if (wantsLoad(key, found, context, wait !== undefined)) {
      const tell: Emit =
        cleared < mostCleared ? emit : (type, describe) => type !== 'load' && emit(type, describe)
      cache.load(key.source, [key.entry], tell)
    }
    const isGrace = found.state === 'grace'
    const isBacked = isGrace && isBackingOff(found.entry, cache.clock.now())
    if (isBacked || found.state === 'fresh' || found.state === 'stale') return serve(key, found, context)
    const { load } = key.entry.state
    if (!wait) return expire(key, load, context)
    if (!load) {
      const none = lookAt(key, context)
      if (none.state === 'failed' || isKnownMissing(key, none.entry, cache)) return serve(key, none, context)
      // A listener cleared the cache when the load began.
      cleared++
      continue
    }
    const isSoft = isGrace && key.times.maxAge > 0
    const result = await (isSoft ? wait.soft : wait.whole)(load.promise)
    if (result === undefined) {
      if (!isSoft || lookAt(key, context).state === 'grace') return expire(key, load, context)
    } else if (result.status !== 'superseded') {
      return afterLoad(key, result, context)
    }
  }
}

function afterLoad(
  key: DeclaredKey,
  result: Exclude<LoadResult, { status: 'superseded' }>,
  context: ReadContext,
): Result<Served> | Promise<Result<Served>> {
  if (result.status === 'loaded') return serveValue(key, result.loaded, 'miss', context)
  const { state, entry } = lookAt(key, context)
  return entry.loaded && isUsable(state)
    ? serveValue(key, entry.loaded, 'failed', context)
    : fallbackOrError(key, entry, result.error, context)
}

/** The time is over: a value still inside its bound, or a typed timeout. The load goes on for the others. */
function expire(
  key: DeclaredKey,
  load: Load | undefined,
  context: ReadContext,
): Result<Served> | Promise<Result<Served>> {
  const found = lookAt(key, context)
  const { loaded } = found.entry
  if (!loaded || !isUsable(found.state)) {
    const { noTime: reason } = context
    return fail(key, reason ? new TimeoutError({ reason }) : timeoutOf(load), context)
  }
  // After a freeze the load may be dead: another one starts before the older value is served.
  const hasTime = context.wait() !== undefined
  if (wantsLoad(key, found, context, hasTime)) context.cache.load(key.source, [key.entry], context.emit)
  return serveValue(key, loaded, 'slow', context)
}

function isUsable(state: State): boolean {
  return state === 'fresh' || state === 'stale' || state === 'grace'
}

/** NOT_FOUND with a fallback is kept for maxAge, not only for the pause after a failure. */
function isKnownMissing(
  { fallback, times }: DeclaredKey,
  { failure }: EntryState,
  { clock }: Cache,
): boolean {
  if (!fallback || failure?.error.code !== 'NOT_FOUND') return false
  return within(clock.now() - failure.failedAt, times.maxAge)
}
