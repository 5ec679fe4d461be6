import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { type Environment, environments, load, percentile, ramp, steady, summaryOf } from './load/index.ts'

const lazy = (milliseconds: number): Environment => ({ invoke: () => sleep(milliseconds), close() {} })

describe('ramp', () => {
  it('sends as many as the rates say, and climbs', () => {
    const arrivals = ramp({ from: 10, to: 40, seconds: 60 })
    const inSecond = (second: number) =>
      arrivals.filter((at) => at >= second * 1_000 && at < (second + 1) * 1_000).length

    expect(arrivals).toHaveLength(1_500)
    expect(inSecond(0)).toBeLessThanOrEqual(11)
    expect(inSecond(59)).toBeGreaterThanOrEqual(39)
    expect(arrivals.at(-1)).toBeLessThan(60_000)
  })

  it('is steady where both rates are the same', () => {
    expect(steady({ rate: 4, seconds: 1 })).toEqual([0, 250, 500, 750])
  })
})

describe('load', () => {
  it('gives each of the first arrivals an environment of its own, then the one that became free last', async () => {
    const invocations = await load({
      arrivals: [0, 0, 0, 60, 120],
      environments: [lazy(0), lazy(0), lazy(0)],
    })
    expect(invocations.map(({ environment }) => environment).slice(0, 3)).toEqual([0, 1, 2])
    expect(invocations[4]?.environment).toBe(invocations[3]?.environment)
  })

  it('does not wait for answers before it sends the next', async () => {
    let running = 0
    let most = 0
    const counted: Environment = {
      invoke: async () => {
        most = Math.max(most, ++running)
        await sleep(30)
        running--
      },
      close() {},
    }
    await load({ arrivals: [0, 0, 0], environments: [counted, counted, counted] })
    expect(most).toBe(3)
  })

  it('counts the wait for a free environment', async () => {
    const invocations = await load({ arrivals: [0, 0], environments: [lazy(40)] })
    expect(invocations[1]?.milliseconds).toBeGreaterThan(70)
  })

  it('tells what failed, and goes on', async () => {
    const failing: Environment = { invoke: () => Promise.reject(new TypeError('no')), close() {} }
    const summary = summaryOf(await load({ arrivals: [0, 1, 2], environments: [failing], speed: 2 }))
    expect(summary).toMatchObject({ invocations: 3, failed: 3, errors: { 'TypeError: no': 3 } })
  })
})

describe('environments', () => {
  it('closes all of them', async () => {
    let closed = 0
    {
      await using all = await environments(3, () => ({ invoke: async () => {}, close: () => closed++ }))
      expect(all).toHaveLength(3)
    }
    expect(closed).toBe(3)
  })
})

describe('percentile', () => {
  it('lies between two samples where none is in its place', () => {
    expect(percentile([1, 2], 0.5)).toBe(1.5)
    expect(percentile([1, 2, 3, 4_000], 1)).toBe(4_000)
  })
})
