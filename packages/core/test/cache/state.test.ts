import { describe, expect, it } from '@jest/globals'
import { isBackingOff } from '../../src/cache/backoff.ts'
import { freshFor, isLive, type Stamps, stateOf } from '../../src/cache/state.ts'
import { within } from '../../src/cache/within.ts'
import { timesOf } from '../../src/declare/times.ts'
import { type Limits, limits } from '../../src/shared/limits.ts'

const start = 1_000_000
const own: Limits = { ...limits, maxAgeJitter: 0.1, loadTimeout: 5_000 }
/** Fresh for 100 s, stale for 50 s more, usable for 200 s past its freshness. */
const times = timesOf({ maxAge: 100, staleWhileRevalidate: 50, staleIfError: 200 })

const nothing: Stamps = {
  loaded: undefined,
  voidSeq: 0,
  load: undefined,
  failure: undefined,
}
const loaded = { seq: 3, loadedAt: start, jitter: 0 }
const held: Stamps = { ...nothing, loaded }
const failing = (failedAt = start) => ({ failure: { failedAt, pause: 500 } })
const at = (stamps: Stamps, elapsed: number, reader = times) => stateOf(stamps, reader, start + elapsed, own)

describe('stateOf', () => {
  it.each([
    [0, 'fresh'],
    [99_999, 'fresh'],
    [100_000, 'stale'],
    [149_999, 'stale'],
    [150_000, 'grace'],
    [299_999, 'grace'],
    [300_000, 'expired'],
    [-1, 'expired'],
    [-3_600_000, 'expired'],
  ])('finds a value %d ms after its load began to be %s', (elapsed, state) => {
    expect(at(held, elapsed)).toBe(state)
  })

  it('finds nothing to be empty', () => {
    expect(at(nothing, 0)).toBe('empty')
  })

  it.each([
    [-1, 'empty'],
    [0, 'loading'],
    [4_999, 'loading'],
    [5_000, 'empty'],
  ])('finds a load %d ms old, with no value, to be %s', (elapsed, state) => {
    expect(at({ ...nothing, load: { startedAt: start } }, elapsed)).toBe(state)
  })

  it.each([
    [-1, 'empty'],
    [0, 'failed'],
    [499, 'failed'],
    [500, 'empty'],
  ])('finds a failure %d ms old, with no value, to be %s', (elapsed, state) => {
    expect(at({ ...nothing, ...failing() }, elapsed)).toBe(state)
  })

  it('forgets a pause once a load has succeeded', () => {
    expect(at({ ...nothing, ...failing(), failure: undefined }, 0)).toBe('empty')
  })

  it('waits for a load that runs rather than repeat the last failure', () => {
    expect(at({ ...nothing, ...failing(), load: { startedAt: start } }, 0)).toBe('loading')
  })

  it.each(['fresh', 'stale', 'grace'])('serves a %s value whatever runs or has failed', (state) => {
    const elapsed = { fresh: 0, stale: 100_000, grace: 150_000 }[state] as number
    const busy = { load: { startedAt: start + elapsed }, ...failing(start + elapsed) }
    expect(at({ ...held, ...busy }, elapsed)).toBe(state)
  })

  it('joins a load or remembers a failure where the value has expired', () => {
    const then = { load: { startedAt: start + 300_000 }, ...failing(start + 300_000) }
    expect(at({ ...held, ...then }, 300_000)).toBe('loading')
    expect(at({ ...held, ...then, load: undefined }, 300_000)).toBe('failed')
    expect(at({ ...held, ...then, load: undefined }, 300_500)).toBe('expired')
  })

  it('serves what was refused since only while it is fresh', () => {
    const refused = { ...held, voidSeq: 4 }
    expect(at(refused, 99_999)).toBe('fresh')
    expect(at(refused, 100_000)).toBe('expired')
    expect(at({ ...refused, ...failing(start + 100_000) }, 100_000)).toBe('failed')
    expect(at({ ...refused, load: { startedAt: start + 100_000 } }, 100_000)).toBe('loading')
  })

  it('never finds a value fresh with maxAge 0', () => {
    const never = timesOf({ maxAge: 0, staleIfError: 10 })
    expect(at(held, 0, never)).toBe('grace')
    expect(at(held, 9_999, never)).toBe('grace')
    expect(at(held, 10_000, never)).toBe('expired')
    expect(at(held, 0, timesOf({ maxAge: 0, staleIfError: 0 }))).toBe('expired')
    expect(at(held, 0, timesOf({ maxAge: 0, staleWhileRevalidate: 1, staleIfError: 0 }))).toBe('stale')
  })

  it('finds a value fresh for ever with maxAge Infinity, but not before its load began', () => {
    const always = timesOf({ maxAge: Number.POSITIVE_INFINITY })
    expect(at({ ...held, loaded: { ...loaded, jitter: 0.999 } }, 1e12, always)).toBe('fresh')
    expect(at(held, -1, always)).toBe('expired')
  })

  it.each([
    ['staleWhileRevalidate', 'stale'],
    ['staleIfError', 'grace'],
  ])('never expires a value with %s Infinity', (name, state) => {
    const always = timesOf({ maxAge: 100, staleIfError: 0, [name]: Number.POSITIVE_INFINITY })
    expect(at(held, 1e12, always)).toBe(state)
  })

  it('has no grace where staleWhileRevalidate is the longer of the two', () => {
    const long = timesOf({ maxAge: 100, staleWhileRevalidate: 50, staleIfError: 20 })
    expect(at(held, 149_999, long)).toBe('stale')
    expect(at(held, 150_000, long)).toBe('expired')
  })

  it('shortens the freshness by the jitter, and all that follows with it', () => {
    const drawn = { ...held, loaded: { ...loaded, jitter: 0.5 } }
    expect(at(drawn, 94_999)).toBe('fresh')
    expect(at(drawn, 95_000)).toBe('stale')
    expect(at(drawn, 144_999)).toBe('stale')
    expect(at(drawn, 145_000)).toBe('grace')
    expect(at(drawn, 294_999)).toBe('grace')
    expect(at(drawn, 295_000)).toBe('expired')
  })
})

describe('freshFor', () => {
  it('is maxAge at most, and a tenth less at least', () => {
    expect(freshFor(0, times, own)).toBe(100_000)
    expect(freshFor(1, times, own)).toBe(90_000)
    expect(freshFor(0.5, timesOf({ maxAge: 0 }), own)).toBe(0)
  })
})

describe('isLive', () => {
  it('is false without a load, from the load timeout on, and before the load began', () => {
    expect(isLive(undefined, start, own)).toBe(false)
    expect(isLive({ startedAt: start }, start, own)).toBe(true)
    expect(isLive({ startedAt: start }, start + 5_000, own)).toBe(false)
    expect(isLive({ startedAt: start }, start - 1, own)).toBe(false)
  })
})

describe('isBackingOff', () => {
  it('is false without a failure, whatever the stamps say', () => {
    expect(isBackingOff({ ...nothing, ...failing() }, start)).toBe(true)
    expect(isBackingOff({ ...nothing, ...failing(), failure: undefined }, start)).toBe(false)
  })
})

describe('within', () => {
  it('is half open, and never true of a time that is not known', () => {
    expect(within(0, 1)).toBe(true)
    expect(within(1, 1)).toBe(false)
    expect(within(0, 0)).toBe(false)
    expect(within(Number.NaN, 1)).toBe(false)
  })
})

describe('timesOf', () => {
  it('counts in milliseconds, and starts from the defaults', () => {
    expect(timesOf({})).toEqual({ maxAge: 300_000, staleFor: 0, usableFor: 3_600_000 })
    expect(timesOf({ staleWhileRevalidate: 9, staleIfError: 4 })).toMatchObject({
      staleFor: 9_000,
      usableFor: 9_000,
    })
    expect(timesOf({ maxAge: 0, staleIfError: 0 })).toEqual({ maxAge: 0, staleFor: 0, usableFor: 0 })
  })
})
