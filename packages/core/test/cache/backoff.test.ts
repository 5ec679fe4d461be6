import { describe, expect, it } from '@jest/globals'
import { backoffPause } from '../../src/cache/backoff.ts'
import { limits } from '../../src/shared/limits.ts'

describe('backoffPause', () => {
  it('doubles with each failure in a row, up to its maximum', () => {
    const delays = [1, 2, 3, 6, 7, 8, 2_000].map((failures) => backoffPause(failures, 1, limits))
    expect(delays).toEqual([500, 1_000, 2_000, 16_000, 30_000, 30_000, 30_000])
  })

  it('is at least half as long, by chance', () => {
    expect(backoffPause(1, 0, limits)).toBe(250)
    expect(backoffPause(1, 0.5, limits)).toBe(375)
  })
})
