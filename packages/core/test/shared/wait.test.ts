import { describe, expect, it } from '@jest/globals'
import { limits } from '../../src/shared/limits.ts'
import { startWait } from '../../src/shared/wait.ts'
import { fakeClock } from '../../src/testing/fake-clock.ts'
import { turn, watch } from '../support/engine.ts'

const never = new Promise<string>(() => {})

function waiting(milliseconds: number) {
  const clock = fakeClock()
  const wait = startWait(clock, limits, milliseconds)
  const advance = async (elapsed: number) => {
    clock.advance(elapsed)
    await turn()
  }
  return { clock, wait, advance }
}

describe('startWait', () => {
  it('gives what a promise gives, in time', async () => {
    const { wait } = waiting(1_000)
    expect(await wait.whole(Promise.resolve('value'))).toBe('value')
    expect(await wait.soft(Promise.resolve('value'))).toBe('value')
  })

  it('gives nothing when the time is over, from whenever on it was needed', async () => {
    const { wait, advance } = waiting(1_000)
    const first = watch(() => wait.whole(never))
    await advance(600)
    const second = watch(() => wait.whole(never))
    await advance(399)
    expect([first.isSettled, second.isSettled]).toEqual([false, false])
    await advance(1)
    expect([first, second]).toMatchObject([
      { isSettled: true, value: undefined },
      { isSettled: true, value: undefined },
    ])
  })

  it('counts the soft wait into the whole', async () => {
    const { wait, advance } = waiting(1_000)
    const soft = watch(() => wait.soft(never))
    await advance(200)
    expect(soft.isSettled).toBe(true)
    const whole = watch(() => wait.whole(never))
    await advance(799)
    expect(whole.isSettled).toBe(false)
    await advance(1)
    expect(whole.isSettled).toBe(true)
  })

  it('ends a soft wait that began late with the whole', async () => {
    const { wait, advance } = waiting(1_000)
    void wait.whole(never)
    await advance(900)
    const soft = watch(() => wait.soft(never))
    await advance(99)
    expect(soft.isSettled).toBe(false)
    await advance(1)
    expect(soft.isSettled).toBe(true)
  })

  it('has a soft wait no longer than the whole', async () => {
    const { wait, advance } = waiting(100)
    const soft = watch(() => wait.soft(never))
    await advance(100)
    expect(soft.isSettled).toBe(true)
  })

  it('sets no timer before it is needed, one of each kind at most, and ends them', async () => {
    const { clock, wait } = waiting(1_000)
    expect(clock.timers()).toBe(0)
    void wait.whole(never)
    void wait.whole(never)
    expect(clock.timers()).toBe(1)
    void wait.soft(never)
    void wait.soft(never)
    expect(clock.timers()).toBe(2)
    wait.end()
    expect(clock.timers()).toBe(0)
  })

  it('can be ended before it has begun', () => {
    const { clock, wait } = waiting(1_000)
    wait.end()
    expect(clock.timers()).toBe(0)
  })
})
