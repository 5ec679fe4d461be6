import { type Cache, timeoutOf } from '../cache/cache.ts'
import type { Flight, Landing } from '../cache/flight.ts'
import { type Held, readHeld } from '../cache/held.ts'
import { freshFor, isBackingOff, type State, stateOf, within } from '../cache/state.ts'
import type { SecretsCacheError } from '../errors/index.ts'
import type { Emit, StaleReason } from '../shared/events.ts'
import type { Wait } from '../shared/wait.ts'
import type { Parsed } from './parse.ts'
import type { Reader } from './reader.ts'
import { never, type Served } from './serving.ts'
import type { Slot } from './slot.ts'

/** What serving needs to know beside the slot. */
export interface Serve {
  readonly cache: Cache
  readonly emit: Emit
  /** Begun when the first slot has to wait; `undefined` where no time is left to wait in. */
  readonly wait: () => Wait | undefined
}

/** How a value came to be served: from the cache, from the load that was waited for, or past its freshness. */
type How = 'hit' | 'miss' | StaleReason

/** What this reader finds now. A load found dead is given up first, so that the decision sees its failure. */
export function lookAt({ reader, entry }: Slot, { cache, emit }: Serve): State {
  cache.liveFlight(entry, emit)
  return stateOf(entry, reader.times, cache.clock.now(), cache.limits)
}

/** Whether what a reader found calls for a load. */
export function wantsLoad({ reader, entry }: Slot, state: State, { cache }: Serve): boolean {
  if (state === 'empty' || state === 'expired') return !isKnownMissing(reader, entry, cache)
  return (state === 'stale' || state === 'grace') && !isBackingOff(entry, cache.clock.now())
}

/** Serves one reader by what it found: at once where it can be, else when its load has landed or its time is over. */
export function serve(slot: Slot, state: State, by: Serve): Served | Promise<Served> {
  const { reader, entry } = slot
  switch (state) {
    case 'fresh':
      return take(slot, entry.held as Held, 'hit', by)
    case 'stale':
      return take(slot, entry.held as Held, 'revalidating', by)
    case 'failed':
      return miss(slot, entry.error as SecretsCacheError, by)
    case 'grace':
      if (isBackingOff(entry, by.cache.clock.now())) return take(slot, entry.held as Held, 'backing-off', by)
      return follow(slot, by)
    default:
      if (isKnownMissing(reader, entry, by.cache)) return miss(slot, entry.error as SecretsCacheError, by)
      return follow(slot, by)
  }
}

/** Waits for loads until one of them decides, or the time is over. */
async function follow(slot: Slot, by: Serve): Promise<Served> {
  const { reader, entry } = slot
  const { cache, emit } = by
  const wait = by.wait()
  const isSoft = reader.times.maxAge > 0
  for (;;) {
    const state = lookAt(slot, by)
    if (wait && wantsLoad(slot, state, by)) cache.load([entry], emit)
    const hasValue = state === 'grace'
    const isBacked = hasValue && isBackingOff(entry, cache.clock.now())
    if (isBacked || state === 'fresh' || state === 'stale') return serve(slot, state, by)
    const { flight } = entry
    if (!wait) return expire(slot, flight, by)
    if (!flight) return serve(slot, state, by)
    const patience = hasValue && isSoft ? wait.soft : wait.whole
    const landing = await patience(flight.landing)
    if (landing === undefined) {
      if (patience === wait.whole || lookAt(slot, by) === 'grace') return expire(slot, flight, by)
    } else if (landing.status !== 'superseded') {
      return landed(slot, landing, by)
    }
  }
}

function landed(
  slot: Slot,
  landing: Exclude<Landing, { status: 'superseded' }>,
  by: Serve,
): Served | Promise<Served> {
  if (landing.status === 'loaded') return take(slot, landing.held, 'miss', by)
  return isUsable(lookAt(slot, by))
    ? take(slot, slot.entry.held as Held, 'failed', by)
    : miss(slot, landing.error, by)
}

/** The time is over: a value still inside its bound, or a typed timeout. The load goes on for the others. */
function expire(slot: Slot, flight: Flight | undefined, by: Serve): Served | Promise<Served> {
  const state = lookAt(slot, by)
  if (!isUsable(state)) return refuse(slot, timeoutOf(flight), by)
  // The load may have been frozen: an older value is served only while a newer one is on its way, or backing off.
  if (by.wait() && wantsLoad(slot, state, by)) by.cache.load([slot.entry], by.emit)
  return take(slot, slot.entry.held as Held, 'slow', by)
}

function isUsable(state: State): boolean {
  return state === 'fresh' || state === 'stale' || state === 'grace'
}

/** Reads what was fetched as it was declared. */
function take(slot: Slot, held: Held, how: How, by: Serve): Served | Promise<Served> {
  const parsed = readHeld(held, slot.reader.declared)
  if (!(parsed instanceof Promise)) return hand(slot, held, parsed, how, by)
  return parseLater(slot, held, parsed, how, by)
}

async function parseLater(
  slot: Slot,
  held: Held,
  parsing: Promise<Parsed>,
  how: How,
  by: Serve,
): Promise<Served> {
  const parsed = await by.wait()?.whole(parsing)
  return parsed ? hand(slot, held, parsed, how, by) : keepLast(slot, timeoutOf(undefined), by)
}

function hand(slot: Slot, held: Held, parsed: Parsed, how: How, by: Serve): Served {
  const { reader, entry } = slot
  if (!parsed.ok) return keepLast(slot, parsed.error, by)
  const { value } = parsed
  const { loadedAt, draw, seq } = entry
  // A newer answer may have come while this one was read: then the stamps are not this one's.
  const isCurrent = entry.held === held
  if (isCurrent) slot.lastValid = { held, value, loadedAt, draw, seq }
  const bounds = isCurrent
    ? { from: loadedAt, until: loadedAt + freshFor(draw, reader.times, by.cache.limits) }
    : never
  tellServed(slot, how, loadedAt, by)
  return { serving: { value, held, ...bounds } }
}

/** The newer value cannot be read as declared, or not in time: for this reader as if its load had failed. */
function keepLast(slot: Slot, error: SecretsCacheError, by: Serve): Served {
  const { lastValid, reader, entry } = slot
  // Stryker disable next-line EqualityOperator: a load is kept or refused, so the two are never equal.
  if (!lastValid || lastValid.seq < entry.refused) return refuse(slot, error, by)
  const age = by.cache.clock.now() - lastValid.loadedAt
  const bound = freshFor(lastValid.draw, reader.times, by.cache.limits) + reader.times.usableFor
  if (!within(age, bound)) return refuse(slot, error, by)
  by.emit('error', () => ({ ...keyOf(reader), code: error.code }))
  tellServed(slot, 'unreadable', lastValid.loadedAt, by)
  return { serving: { value: lastValid.value, held: lastValid.held, ...never } }
}

/** Nothing to serve: the fallback where the source says that there is nothing, else the error. */
function miss(slot: Slot, error: SecretsCacheError, by: Serve): Served {
  const { reader, entry } = slot
  const { fallback } = reader.declared.options
  if (fallback === undefined || error.code !== 'NOT_FOUND') return refuse(slot, error, by)
  by.emit('fallback', () => keyOf(reader))
  const bounds = { from: entry.failedAt, until: entry.failedAt + reader.times.maxAge }
  return { serving: { value: fallback, held: undefined, ...bounds } }
}

function refuse({ reader }: Slot, error: SecretsCacheError, by: Serve): Served {
  by.emit('error', () => ({ ...keyOf(reader), code: error.code }))
  const { key, id, source } = keyOf(reader)
  return { error: error.about({ key, id, source }) }
}

/** A missing name with a fallback is an answer like any other: kept for maxAge, not asked again with each backoff. */
function isKnownMissing(reader: Reader, entry: Slot['entry'], cache: Cache): boolean {
  if (reader.declared.options.fallback === undefined || entry.error?.code !== 'NOT_FOUND') return false
  return within(cache.clock.now() - entry.failedAt, reader.times.maxAge)
}

export function keyOf({ label, reference, source }: Reader) {
  return { key: label, id: reference.id, source: source.name }
}

function tellServed({ reader }: Slot, how: How, loadedAt: number, by: Serve): void {
  const describe = () => ({ ...keyOf(reader), ageSeconds: (by.cache.clock.now() - loadedAt) / 1_000 })
  if (how === 'hit' || how === 'miss') by.emit(how, describe)
  else by.emit('stale', () => ({ ...describe(), reason: how }))
}
