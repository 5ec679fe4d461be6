import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { createRetryPolicy, type Retry } from '../src/calls/retry-policy.ts'

afterEach(() => {
  jest.restoreAllMocks()
})

const delays = (...retries: Retry[]) => {
  const policy = createRetryPolicy()
  return retries.map((retry) => policy(retry))
}

describe('createRetryPolicy', () => {
  it('makes three attempts, with twice as long a pause after the second', () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.5)
    expect(delays('passing', 'passing', 'passing')).toEqual([50, 100, undefined])
    expect(delays('throttled', 'throttled', 'throttled')).toEqual([250, 500, undefined])
    expect(delays('throttled', 'passing', 'throttled')).toEqual([250, 100, undefined])
  })

  it('lets environments that failed together ask apart', () => {
    const all = Array.from({ length: 100 }, () => delays('throttled')[0] as number)
    expect(Math.max(...all)).toBeLessThan(500)
    expect(new Set(all).size).toBeGreaterThan(90)
  })

  it.each(['stale', 'refused'] as const)('asks once more, at once, and beside the three: %s', (retry) => {
    jest.spyOn(Math, 'random').mockReturnValue(0.5)
    expect(delays(retry, retry)).toEqual([0, undefined])
    expect(delays(retry, 'passing', 'passing', 'passing')).toEqual([0, 50, 100, undefined])
  })
})
