import { describe, expect, it, jest } from '@jest/globals'
import { createPatience } from '../src/patience.ts'

const first = (count: number, retry: 'ready' | 'port') => {
  const patience = createPatience()
  return Array.from({ length: count }, () => patience(retry))
}

describe('createPatience', () => {
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
    const patience = createPatience()
    expect([patience('socket'), patience('token')]).toEqual([0, 0])
    expect([patience('socket'), patience('token')]).toEqual([undefined, undefined])
  })
})
