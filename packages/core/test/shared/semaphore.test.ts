import { describe, expect, it } from '@jest/globals'
import { createSemaphore } from '../../src/shared/semaphore.ts'

const never = new AbortController().signal

describe('createSemaphore', () => {
  it('lets in one after another, in turn', async () => {
    const { acquire, release } = createSemaphore(1)
    const order: string[] = []
    expect(await acquire(never)).toBe(true)
    const later = ['first', 'second'].map((name) => acquire(never).then(() => order.push(name)))
    release()
    await later[0]
    expect(order).toEqual(['first'])
    release()
    await later[1]
    expect(order).toEqual(['first', 'second'])
  })

  it('turns away whoever is aborted while waiting, at once', async () => {
    const { acquire, release } = createSemaphore(1)
    const controller = new AbortController()
    await acquire(never)
    const left = acquire(controller.signal)
    const stays = acquire(never)
    controller.abort()
    expect(await left).toBe(false)
    release()
    expect(await stays).toBe(true)
  })

  it('has no place taken by whoever was aborted before', async () => {
    const { acquire } = createSemaphore(1)
    expect(await acquire(AbortSignal.abort())).toBe(false)
    expect(await acquire(never)).toBe(true)
  })
})
