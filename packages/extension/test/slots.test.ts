import { describe, expect, it } from '@jest/globals'
import { createSlots } from '../src/slots.ts'
import { wait } from '../src/wait.ts'

const never = new AbortController().signal

describe('createSlots', () => {
  it('gives its slots in turn', async () => {
    const { take, release } = createSlots(1)
    const order: string[] = []
    expect(await take(never)).toBe(true)
    const later = ['first', 'second'].map((name) => take(never).then(() => order.push(name)))
    release()
    await later[0]
    expect(order).toEqual(['first'])
    release()
    await later[1]
    expect(order).toEqual(['first', 'second'])
  })

  it('refuses whoever leaves while waiting, at once', async () => {
    const { take, release } = createSlots(1)
    const controller = new AbortController()
    await take(never)
    const left = take(controller.signal)
    const stays = take(never)
    controller.abort()
    expect(await left).toBe(false)
    release()
    expect(await stays).toBe(true)
  })

  it('takes no slot for whoever left before', async () => {
    const { take } = createSlots(1)
    expect(await take(AbortSignal.abort())).toBe(false)
    expect(await take(never)).toBe(true)
  })
})

describe('wait', () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

  it('is over at once where it was called off before, or is called off', async () => {
    const before = timers()
    await wait(1e6, AbortSignal.abort())
    const controller = new AbortController()
    const waiting = wait(1e6, controller.signal)
    expect(timers()).toBe(before + 1)
    controller.abort()
    await waiting
    expect(timers()).toBe(before)
  })
})
