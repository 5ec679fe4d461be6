import { describe, expect, it } from '@jest/globals'
import { createEngine, valuesOf } from '../support/engine.ts'

describe('collect', () => {
  it('answers at once, in order, where nobody has to wait', async () => {
    const { read, slot, hold } = createEngine()
    const [a, b] = [slot(), slot({}, 'prod/b')]
    await hold(a, 'a')
    await hold(b, 'b')
    expect(read([b, a])).toMatchObject({ isSync: true })
    expect(valuesOf(read([b, a]))).toEqual(['b', 'a'])
  })

  it('loads what is missing in one call, and nothing else', async () => {
    const { read, slot, source, hold, answer } = createEngine()
    const slots = [slot({}, 'prod/a'), slot({}, 'prod/b'), slot({}, 'prod/c'), slot({}, 'prod/a')]
    await hold(slots[1] as never, 'b')
    const reading = read(slots)
    expect(source.calls.slice(1)).toEqual([['prod/a', 'prod/c']])
    await answer(1, 'a')
    expect(reading.isSettled).toBe(false)
    await answer(2, 'c')
    expect(valuesOf(reading)).toEqual(['a', 'b', 'c', 'a'])
  })

  it('asks nothing for a reader who is served from the pause or the cache', async () => {
    const { read, slot, source, hold, fail } = createEngine()
    const [fresh, failed] = [slot(), slot({}, 'prod/b')]
    await hold(fresh, 'a')
    read(failed)
    await fail(1)
    expect(read([fresh, failed])).toMatchObject({ isSync: true, error: { code: 'UNREACHABLE' } })
    expect(source.calls).toHaveLength(2)
  })

  it('throws the error of the one key that failed, or all of them', async () => {
    const { read, slot, deny, fail, answer } = createEngine()
    const slots = ['prod/a', 'prod/b', 'prod/c'].map((id) => slot({}, id))
    const reading = read(slots)
    await deny(0)
    await fail(1)
    await answer(2, 'c')
    expect(reading.error).toMatchObject({
      code: 'SEVERAL',
      errors: [
        { code: 'ACCESS_DENIED', id: 'prod/a' },
        { code: 'UNREACHABLE', id: 'prod/b' },
      ],
    })
    expect(valuesOf(read(slots[2] as never))).toEqual(['c'])
  })

  it('keeps what came, and asks again only for what did not', async () => {
    const { read, slot, source, answer, fail, advance } = createEngine()
    const slots = [slot({}, 'prod/a'), slot({}, 'prod/b')]
    read(slots)
    await answer(0, 'a')
    await fail(1)
    await advance(250)
    read(slots)
    expect(source.calls[1]).toEqual(['prod/b'])
  })

  it('has one timer for all that it waits for, and none when it is done', async () => {
    const { read, slot, clock, answer } = createEngine()
    const reading = read([slot({}, 'prod/a'), slot({}, 'prod/b')])
    expect(clock.timers()).toBe(2) // one for the wait, one for the request
    await answer(0, 'a')
    await answer(1, 'b')
    expect(reading.isSettled).toBe(true)
    expect(clock.timers()).toBe(0)
  })

  it('leaves no timer when all have failed', async () => {
    const { read, slot, clock, deny } = createEngine()
    const reading = read([slot({}, 'prod/a'), slot({}, 'prod/b')])
    await deny(0)
    await deny(1)
    expect(reading.isSettled).toBe(true)
    expect(clock.timers()).toBe(0)
  })
})
