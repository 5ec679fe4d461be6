import { describe, expect, it } from '@jest/globals'
import { systemClock } from '../../src/shared/clock.ts'

describe('systemClock', () => {
  it('is the wall clock', () => {
    const before = Date.now()
    const now = systemClock.now()
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
  })

  it('calls back once the time is over', async () => {
    const began = performance.now()
    await new Promise<void>((resolve) => {
      systemClock.after(20, resolve)
    })
    expect(performance.now() - began).toBeGreaterThan(15)
  })

  it('can be called off', async () => {
    let calls = 0
    const cancel = systemClock.after(1, () => calls++)
    cancel()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(calls).toBe(0)
  })

  it.each([2 ** 31, 1e300])('does not take %p milliseconds for none', async (milliseconds) => {
    let calls = 0
    const cancel = systemClock.after(milliseconds, () => calls++)
    await new Promise((resolve) => setTimeout(resolve, 50))
    cancel()
    expect(calls).toBe(0)
  })
})
