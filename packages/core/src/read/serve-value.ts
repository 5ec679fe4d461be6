import type { Cache } from '../cache/cache.ts'
import type { EntryState } from '../cache/entry.ts'
import type { Loaded } from '../cache/loaded.ts'
import { freshFor } from '../cache/state.ts'
import { within } from '../cache/within.ts'
import { type SecretsCacheError, TimeoutError } from '../errors/index.ts'
import type { DeclaredKey } from '../keys/declared-key.ts'
import { readValue } from '../keys/reading.ts'
import type { Emit, StaleReason } from '../shared/events.ts'
import type { Result } from '../shared/result.ts'
import type { Wait } from '../shared/wait.ts'

/** What serving needs to know beside the key. */
export interface ReadContext {
  readonly cache: Cache
  readonly emit: Emit
  /** Begun when the first key has to wait; `undefined` where there is no time to wait. */
  readonly wait: () => Wait | undefined
  /** Why there is no time to wait, where there is none. */
  readonly noTime: string | undefined
}

/** What one key is served. */
export interface Served {
  readonly value: unknown
  /** The identity of this parsed value: compare it with `===`. */
  readonly result: object
  /** What its load brought; nothing for a declared fallback. */
  readonly loaded: Loaded | undefined
  /** It may be served again, as fresh, while `from <= now < until`. */
  readonly from: number
  readonly until: number
}

/** How a value came to be served: from the cache, from the load that was waited for, or past its freshness. */
type How = 'hit' | 'miss' | StaleReason

/** Empty bounds: not to be given again without a look. */
const never = { from: Number.POSITIVE_INFINITY, until: Number.NEGATIVE_INFINITY } as const

/** Reads what was fetched as it was declared. */
export function serveValue(
  key: DeclaredKey,
  loaded: Loaded,
  how: How,
  context: ReadContext,
): Result<Served> | Promise<Result<Served>> {
  const { clock, limits } = context.cache
  const result = readValue(key.reading, loaded.value, key.declared, clock.now(), limits.loadTimeout)
  if (!(result instanceof Promise)) return emitAndReturn(key, loaded, result, how, context)
  return (async () => {
    const settled = await context.wait()?.whole(result)
    if (settled) return emitAndReturn(key, loaded, settled, how, context)
    return serveLastReadable(key, new TimeoutError({ reason: 'its schema has not finished' }), context)
  })()
}

function emitAndReturn(
  key: DeclaredKey,
  loaded: Loaded,
  result: Result<unknown>,
  how: How,
  context: ReadContext,
): Result<Served> {
  if (!result.ok) return serveLastReadable(key, result.error, context)
  const isCurrent = key.entry.state.loaded === loaded
  if (isCurrent) key.reading.lastReadable = { loaded, result }
  // A newer answer may have come while this one was read: then the next read must look again.
  const from = loaded.loadedAt
  const until = from + freshFor(loaded.jitter, key.times, context.cache.limits)
  emitServed(key, how, from, context)
  return {
    ok: true,
    value: { value: result.value, result, loaded, ...(isCurrent ? { from, until } : never) },
  }
}

/** The newer value could not be parsed, or not in time. Serves the last one that could, within its bounds. */
function serveLastReadable(key: DeclaredKey, error: SecretsCacheError, context: ReadContext): Result<Served> {
  const { lastReadable } = key.reading
  const { clock, limits } = context.cache
  // Stryker disable next-line EqualityOperator: a load is kept or refused, so the two are never equal.
  if (!lastReadable || lastReadable.loaded.seq < key.entry.state.voidSeq) return fail(key, error, context)
  const { loaded, result } = lastReadable
  const bound = freshFor(loaded.jitter, key.times, limits) + key.times.usableFor
  if (!within(clock.now() - loaded.loadedAt, bound)) return fail(key, error, context)
  context.emit('error', () => ({ ...key.subject, code: error.code }))
  emitServed(key, 'unreadable', loaded.loadedAt, context)
  return { ok: true, value: { value: result.value, result, loaded, ...never } }
}

/** There is no value: the fallback on NOT_FOUND, else the error. */
export function fallbackOrError(
  key: DeclaredKey,
  { failure }: EntryState,
  error: SecretsCacheError,
  context: ReadContext,
  retryAfterMilliseconds?: number,
): Result<Served> {
  const { fallback } = key
  if (!fallback || !failure || error.code !== 'NOT_FOUND')
    return fail(key, error, context, retryAfterMilliseconds)
  context.emit('fallback', () => key.subject)
  const { failedAt: from } = failure
  const until = from + key.times.maxAge
  return { ok: true, value: { value: fallback.value, result: fallback, loaded: undefined, from, until } }
}

/** Fails this key. `retryAfterMilliseconds`: given for a remembered error, until its pause ends. */
export function fail(
  key: DeclaredKey,
  error: SecretsCacheError,
  { emit }: ReadContext,
  retryAfterMilliseconds?: number,
): Result<Served> {
  emit('error', () => ({ ...key.subject, code: error.code }))
  return { ok: false, error: error.about({ ...key.subject, retryAfterMilliseconds }) }
}

function emitServed(key: DeclaredKey, how: How, loadedAt: number, { cache, emit }: ReadContext): void {
  const describe = () => ({ ...key.subject, ageSeconds: (cache.clock.now() - loadedAt) / 1_000 })
  if (how === 'hit' || how === 'miss') emit(how, describe)
  else emit('stale', () => ({ ...describe(), reason: how }))
}
