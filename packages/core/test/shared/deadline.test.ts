import { describe, expect, it } from '@jest/globals'
import { startDeadline } from '../../src/shared/deadline.ts'
import { limits } from '../../src/shared/limits.ts'
import { fakeClock } from '../../src/testing/fake-clock.ts'

function started(milliseconds: number) {
  const clock = fakeClock()
  const calls: number[] = []
  const cancel = startDeadline(clock, limits, milliseconds, () => calls.push(clock.now() - 1_700_000_000_000))
  return { clock, calls, cancel }
}

describe('startDeadline', () => {
  it('calls back once, when the time is over', () => {
    const { clock, calls } = started(1_000)
    clock.advance(999)
    expect(calls).toEqual([])
    clock.advance(10_000)
    expect(calls).toEqual([1_000])
    expect(clock.timers()).toBe(0)
  })

  it('never calls back once it is called off', () => {
    const { clock, calls, cancel } = started(1_000)
    cancel()
    clock.advance(10_000)
    expect(calls).toEqual([])
    expect(clock.timers()).toBe(0)
  })

  it('gives a timer that fires late a short grace for what has arrived meanwhile', () => {
    const { clock, calls } = started(1_000)
    clock.step(50)
    clock.advance(1_000)
    expect(calls).toEqual([])
    clock.advance(49)
    expect(calls).toEqual([])
    clock.advance(1)
    expect(calls).toEqual([1_100])
  })

  it('takes a timer that is a little late for one that is in time', () => {
    const { clock, calls } = started(1_000)
    clock.step(49)
    clock.advance(1_000)
    expect(calls).toEqual([1_049])
  })

  it('can be called off within the grace', () => {
    const { clock, calls, cancel } = started(1_000)
    clock.step(60_000)
    clock.advance(1_000)
    cancel()
    clock.advance(60_000)
    expect(calls).toEqual([])
    expect(clock.timers()).toBe(0)
  })

  it('gives no grace when the clock was set back', () => {
    const { clock, calls } = started(1_000)
    clock.step(-60_000)
    clock.advance(1_000)
    expect(calls).toHaveLength(1)
  })

  it('is over at once where no time was left, without a grace', () => {
    const { clock, calls } = started(-90)
    clock.advance(0)
    expect(calls).toEqual([0])
  })
})
