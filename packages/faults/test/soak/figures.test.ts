import { describe, expect, it } from '@jest/globals'
import { brokenBounds, type Figures } from '../../src/soak/figures.ts'
import { slopeOf } from '../../src/soak/heap.ts'
import { createLedger } from '../../src/soak/ledger.ts'

const good: Figures = {
  seed: 1,
  seconds: 60,
  invocations: 1,
  faults: 1,
  rotations: 1,
  loads: 1,
  stale: 1,
  oldest: 2.5,
  oldestAllowed: 2.5,
  errors: { TIMEOUT: 1 },
  never: { leaks: 0 },
  heapSlope: 1_000,
  heapBytes: 1,
  recovery: 1,
}

describe('brokenBounds', () => {
  it.each<[string, Partial<Figures>]>([
    ['a value was served 2.51 s after its end; 2.5 s are allowed', { oldest: 2.51 }],
    ['leaks: 1', { never: { leaks: 1 } }],
    ['the heap grows by 2,344 KiB a minute', { heapSlope: 40_000 }],
    ['nothing was invoked, or nothing loaded', { invocations: 0 }],
    ['nothing was invoked, or nothing loaded', { loads: 0 }],
  ])('tells: %s', (told, wrong) => {
    expect(brokenBounds({ ...good, ...wrong })).toEqual([told])
  })

  it('tells nothing where all are kept, and of the heap only where it had time to settle', () => {
    expect(brokenBounds(good)).toEqual([])
    expect(brokenBounds({ ...good, heapSlope: 1e9, seconds: 4 })).toEqual([])
  })
})

describe('createLedger', () => {
  it('tells for how long a value had been replaced', () => {
    let now = 1_000
    const { newest, next, ageOf } = createLedger(['a', 'b'], () => now)
    const first = newest('a')
    const { value, replaced } = next('a')
    expect(ageOf('a', first, now)).toBe(0)
    replaced()
    now = 3_000
    expect(ageOf('a', value, now)).toBe(0)
    expect(ageOf('a', first, now)).toBe(2_000)
    for (const wrong of [newest('b'), undefined, '', null]) expect(ageOf('a', wrong, now)).toBeUndefined()
  })
})

describe('slopeOf', () => {
  it('leaves out the beginning, and does not mind a single odd sample', () => {
    const bytes = [0, 900, 1_000, 1_010, 1_020, 9_999, 1_040, 1_050, 1_060]
    expect(slopeOf(bytes.map((each, seconds) => ({ seconds, bytes: each })))).toBe(10)
  })
})
