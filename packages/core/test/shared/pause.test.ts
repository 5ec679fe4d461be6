import { describe, expect, it } from '@jest/globals'
import { pause } from '../../src/shared/pause.ts'

describe('pause', () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

  it('is over at once where it was called off before, or is called off', async () => {
    const before = timers()
    await pause(1e6, AbortSignal.abort())
    const controller = new AbortController()
    const waiting = pause(1e6, controller.signal)
    expect(timers()).toBe(before + 1)
    controller.abort()
    await waiting
    expect(timers()).toBe(before)
  })
})
