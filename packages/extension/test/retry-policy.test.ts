import { describe, expect, it, jest } from '@jest/globals'
import { createRetryPolicy } from '../src/retry-policy.ts'

const first = (count: number, retry: 'ready' | 'port') => {
  const policy = createRetryPolicy({ hasAnswered: true, hasServed: true })
  return Array.from({ length: count }, () => policy(retry))
}

describe('createRetryPolicy', () => {
  it('waits for readiness without end, from 5 ms doubling to 100, each halved at most by jitter', () => {
    const pauses = first(200, 'ready') as number[]
    for (const [index, pause] of pauses.entries()) {
      const full = Math.min(100, 5 * 2 ** index)
      expect(pause).toBeGreaterThanOrEqual(full / 2)
      expect(pause).toBeLessThanOrEqual(full)
    }
    expect(new Set(pauses).size).toBeGreaterThan(150)
  })

  it('waits for a port about a second in all, then gives up', () => {
    const pauses = first(40, 'port')
    const total = pauses.reduce<number>((sum, pause) => sum + (pause ?? 0), 0)
    expect(total).toBeGreaterThanOrEqual(1000)
    expect(total).toBeLessThan(1100)
    expect(pauses.at(-1)).toBeUndefined()
  })

  it('gives a port up when it has waited exactly a second', () => {
    // 155 ms while it doubles, then 700, 50 and 95.
    const chances = [...Array<number>(12).fill(1), 0, 0.9]
    jest.spyOn(Math, 'random').mockImplementation(() => chances.shift() as number)
    const pauses = first(15, 'port')
    jest.restoreAllMocks()
    expect(pauses.slice(0, -1)).toEqual([5, 10, 20, 40, 80, ...Array<number>(7).fill(100), 50, 95])
    expect(pauses.at(-1)).toBeUndefined()
  })

  it('allows a second attempt after a dead socket and after a refused token, each once and at once', () => {
    const policy = createRetryPolicy({ hasAnswered: true, hasServed: true })
    expect([policy('socket'), policy('token')]).toEqual([0, 0])
    expect([policy('socket'), policy('token')]).toEqual([undefined, undefined])
  })

  const waits = (
    retry: 'port' | 'service' | 'busy',
    before: { hasAnswered: boolean; hasServed: boolean },
  ) => {
    const policy = createRetryPolicy(before)
    const all: number[] = []
    for (let pause = policy(retry); pause !== undefined; pause = policy(retry)) all.push(pause)
    return all
  }
  const total = (pauses: readonly number[]) => pauses.reduce((sum, pause) => sum + pause, 0)

  it('waits longer for a port that has never answered', () => {
    const pauses = waits('port', { hasAnswered: false, hasServed: false })
    expect(total(pauses)).toBeGreaterThanOrEqual(1_750)
    expect(total(pauses)).toBeLessThan(1_850)
  })

  it('waits for a service that fails, from 50 ms doubling to 800, only where nobody holds the value', () => {
    for (const hasAnswered of [true, false]) {
      const pauses = waits('service', { hasAnswered, hasServed: false })
      expect(total(pauses)).toBeGreaterThanOrEqual(1_500)
      expect(total(pauses)).toBeLessThan(2_300)
      for (const [index, pause] of pauses.entries()) {
        const full = Math.min(800, 50 * 2 ** index)
        expect(pause).toBeGreaterThanOrEqual(full / 2)
        expect(pause).toBeLessThanOrEqual(full)
      }
    }
    expect(waits('service', { hasAnswered: true, hasServed: true })).toEqual([])
  })

  it('waits for an agent that is busy, whoever holds the value', () => {
    expect(total(waits('busy', { hasAnswered: true, hasServed: true }))).toBeGreaterThanOrEqual(1_500)
  })

  it('allows one more attempt after a refusal without a cause, 100 to 400 ms later', () => {
    for (let round = 0; round < 50; round++) {
      const policy = createRetryPolicy({ hasAnswered: true, hasServed: true })
      const pause = policy('refused')
      expect(pause).toBeGreaterThanOrEqual(100)
      expect(pause).toBeLessThanOrEqual(400)
      expect(policy('refused')).toBeUndefined()
    }
  })
})
