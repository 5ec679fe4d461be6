import { describe, expect, it } from '@jest/globals'
import { createEngine, type Engine, valuesOf } from '../support/engine.ts'

const loaded = (raw: string) => ({ status: 'loaded', loaded: { value: { raw } } })
const changed = (raw: string) => ({ status: 'changed', loaded: { value: { raw } } })

/** Runs into the time limit of a load that is not answered. */
const hang = ({ clock }: Engine) => clock.step(5_000)

describe('refresh', () => {
  it('loads past every cache, whatever is held and however the last load failed', async () => {
    const { refresh, read, slot, source, hold, fail, answer } = createEngine()
    const one = slot()
    await hold(one, 'old')
    const failing = refresh(one)
    expect(source.questions[1]?.context.fresh).toBe(true)
    await fail(1)
    expect(failing.value).toMatchObject({ status: 'failed', error: { code: 'UNREACHABLE' } })
    const working = refresh(one)
    await answer(2, 'new')
    expect(working.value).toMatchObject(loaded('new'))
    expect(valuesOf(read(one))).toEqual(['new'])
  })

  it('never joins a load that began before the call', async () => {
    const { refresh, read, slot, source, answer } = createEngine()
    const one = slot()
    read(one)
    const refreshing = refresh(one)
    expect(source.calls).toHaveLength(1)
    await answer(0, 'before')
    expect(refreshing.isSettled).toBe(false)
    expect(source.questions[1]?.context.fresh).toBe(true)
    await answer(1, 'after')
    expect(refreshing.value).toMatchObject(loaded('after'))
  })

  it('never joins a forced load that began before the call', async () => {
    const { refresh, slot, answer } = createEngine()
    const one = slot()
    const first = refresh(one)
    const second = refresh(one)
    await answer(0, 'first')
    expect([first.isSettled, second.isSettled]).toEqual([true, false])
    await answer(1, 'second')
    expect(second.value).toMatchObject(loaded('second'))
  })

  it('is one running load and one shared successor for 10,000 calls', async () => {
    const { refresh, slot, source, answer } = createEngine()
    const one = slot()
    const calls = Array.from({ length: 10_000 }, () => refresh(one))
    expect(source.calls).toHaveLength(1)
    await answer(0, 'first')
    expect(source.calls).toHaveLength(2)
    expect(calls.filter(({ isSettled }) => isSettled)).toHaveLength(1)
    await answer(1, 'second')
    expect(source.calls).toHaveLength(2)
    expect(calls.every(({ isSettled }) => isSettled)).toBe(true)
    expect(calls[9_999]?.value).toMatchObject(loaded('second'))
  })

  it('starts its successor when the running load fails', async () => {
    const { refresh, read, slot, source, fail, answer } = createEngine()
    const one = slot()
    read(one)
    const refreshing = refresh(one)
    await fail(0)
    expect(source.calls).toHaveLength(2)
    await answer(1, 'value')
    expect(refreshing.value).toMatchObject(loaded('value'))
  })

  it('queued on a load that hangs, starts at the next call that finds it dead: one live load, not two', async () => {
    const engine = createEngine()
    const { refresh, read, slot, source, answer } = engine
    const one = slot()
    read(one)
    const refreshing = refresh(one)
    hang(engine)
    const reading = read(one)
    expect(source.calls).toHaveLength(2)
    expect(source.questions[1]?.context.fresh).toBe(true)
    await answer(1, 'value')
    expect(refreshing.value).toMatchObject(loaded('value'))
    expect(valuesOf(reading)).toEqual(['value'])
    expect(source.calls).toHaveLength(2)
  })

  it('asked for again where the load it queued on has died, does not wait for ever', async () => {
    const engine = createEngine()
    const { refresh, read, slot, source, answer } = engine
    const one = slot()
    read(one)
    const calls = [refresh(one)]
    hang(engine)
    calls.push(refresh(one))
    expect(source.calls).toHaveLength(2)
    await answer(1, 'value')
    expect(calls.map(({ value }) => value)).toMatchObject([loaded('value'), loaded('value')])
  })

  it('is not answered by what the dead load it queued on brings late', async () => {
    const engine = createEngine()
    const { refresh, read, slot, answer } = engine
    const one = slot()
    read(one)
    const refreshing = refresh(one)
    hang(engine)
    read(one)
    await answer(0, 'older')
    expect(refreshing.isSettled).toBe(false)
    expect(valuesOf(read(one))).toEqual(['older'])
    await answer(1, 'newer')
    expect(refreshing.value).toMatchObject(loaded('newer'))
  })

  it('has failed when its own load is given up: nothing goes on loading for a caller who may have left', async () => {
    const engine = createEngine()
    const { refresh, read, slot, source, advance } = engine
    const one = slot()
    const refreshing = refresh(one)
    hang(engine)
    const reading = read(one)
    await advance(0)
    expect(source.calls).toHaveLength(1)
    expect(reading.error).toMatchObject({ code: 'TIMEOUT' })
    expect(refreshing.value).toMatchObject({ status: 'failed', error: { code: 'TIMEOUT' } })
  })

  it('follows its successor when its own load is given up', async () => {
    const engine = createEngine()
    const { refresh, slot, source, answer } = engine
    const one = slot()
    const [first, second] = [refresh(one), refresh(one)]
    hang(engine)
    const third = refresh(one)
    expect(source.calls).toHaveLength(2)
    await answer(1, 'value')
    for (const { value } of [first, second, third]) expect(value).toMatchObject(loaded('value'))
    expect(source.calls).toHaveLength(2)
  })

  it('tells how it ended', async () => {
    const { refresh, slot, events, answer, fail } = createEngine()
    const one = slot()
    for (const value of ['one', 'one', 'two']) {
      refresh(one)
      await answer(-1, value)
    }
    refresh(one)
    await fail(-1)
    const results = events.flatMap((event) => (event.type === 'refresh' ? [event.result] : []))
    expect(results).toEqual(['changed', 'unchanged', 'changed', 'failed'])
  })

  it('tells nothing of the kind about a plain load', async () => {
    const { read, slot, events, hold, fail, advance } = createEngine()
    const one = slot({ maxAge: 1 })
    await hold(one, 'value')
    await advance(1_000)
    read(one)
    await fail(1)
    expect(events.filter(({ type }) => type === 'refresh')).toEqual([])
  })
})

describe('refreshRejected', () => {
  /** An engine that holds `old`, served to a reader whose login with it has failed. */
  async function rejecting(times = {}) {
    const engine = createEngine()
    const one = engine.slot(times)
    const reading = engine.read(one)
    await engine.answer(0, 'old')
    const rejected = reading.value?.[0]
    return { ...engine, one, refreshAgain: () => engine.refreshRejected(one, rejected) }
  }

  it('asks once for 10,000 failed logins', async () => {
    const { refreshAgain, source, answer } = await rejecting()
    const calls = Array.from({ length: 10_000 }, refreshAgain)
    await answer(1, 'new')
    expect(source.calls).toHaveLength(2)
    expect(new Set(calls.map(({ value }) => value?.status))).toEqual(new Set(['changed']))
    expect(calls[9_999]?.value).toMatchObject(changed('new'))
  })

  it('asks once more, after the minimum interval, where the version did not change', async () => {
    const { refreshAgain, source, answer, advance } = await rejecting()
    const calls = Array.from({ length: 10_000 }, refreshAgain)
    await answer(1, 'old')
    expect(new Set(calls.map(({ value }) => value?.status))).toEqual(new Set(['unchanged']))
    await advance(999)
    const early = refreshAgain()
    await advance(0)
    expect(early.value).toEqual({ status: 'unchanged' })
    expect(source.calls).toHaveLength(2)
    await advance(1)
    const again = Array.from({ length: 10_000 }, refreshAgain)
    await answer(2, 'old')
    expect(new Set(again.map(({ value }) => value?.status))).toEqual(new Set(['unchanged']))
    expect(source.calls).toHaveLength(3)
  })

  it('answers without a call where the cache holds another value by now', async () => {
    const { refreshAgain, one, refresh, source, answer, advance } = await rejecting()
    refresh(one)
    await answer(1, 'new')
    const again = refreshAgain()
    await advance(0)
    expect(again.value).toMatchObject(changed('new'))
    expect(source.calls).toHaveLength(2)
  })

  it('answers without a call where the cache holds another value for long, still fresh', async () => {
    const { refreshAgain, one, refresh, source, answer, advance } = await rejecting({ maxAge: 60 })
    refresh(one)
    await answer(1, 'new')
    await advance(30_000)
    const again = refreshAgain()
    await advance(0)
    expect(again.value).toMatchObject(changed('new'))
    expect(source.calls).toHaveLength(2)
  })

  it.each([
    ['new', 'changed'],
    ['old', 'unchanged'],
  ])('takes what a slow load brings for an answer: %s', async (value, status) => {
    const { refreshAgain, source, answer, advance } = await rejecting({ maxAge: 0, staleIfError: 0 })
    const [first, second] = [refreshAgain(), refreshAgain()]
    await advance(1_500)
    await answer(1, value)
    expect([first.value?.status, second.value?.status]).toEqual([status, status])
    expect(source.calls).toHaveLength(2)
  })

  it('answers with another value that is stale, but not with one that has expired', async () => {
    const { refreshAgain, one, refresh, source, answer, advance } = await rejecting({
      maxAge: 10,
      staleWhileRevalidate: 10,
      staleIfError: 0,
    })
    refresh(one)
    await answer(1, 'new')
    await advance(19_999)
    const stale = refreshAgain()
    await advance(1)
    expect(stale.value).toMatchObject(changed('new'))
    const expired = refreshAgain()
    expect(source.calls).toHaveLength(3)
    await answer(2, 'newer')
    expect(expired.value).toMatchObject(changed('newer'))
  })

  it('answers a reader with maxAge 0 with what a forced load has just brought', async () => {
    const { refreshAgain, source, answer, advance } = await rejecting({ maxAge: 0, staleIfError: 0 })
    refreshAgain()
    await answer(1, 'new')
    await advance(999)
    const again = refreshAgain()
    await advance(0)
    expect(again.value).toMatchObject(changed('new'))
    expect(source.calls).toHaveLength(2)
    await advance(1)
    refreshAgain()
    expect(source.calls).toHaveLength(3)
  })

  it('answers with another value that may be served while backing off', async () => {
    const { refreshAgain, one, refresh, source, answer, fail, advance } = await rejecting({ maxAge: 10 })
    refresh(one)
    await answer(1, 'new')
    await advance(10_000)
    const first = refreshAgain()
    await fail(2)
    const again = refreshAgain()
    await advance(0)
    for (const { value } of [first, again]) expect(value).toMatchObject(changed('new'))
    expect(source.calls).toHaveLength(3)
  })

  it('does not answer with what a newer load was refused, once it is no longer fresh', async () => {
    const { refreshAgain, one, refresh, answer, deny, advance } = await rejecting({ maxAge: 10 })
    refresh(one)
    await answer(1, 'new')
    await advance(10_000)
    refreshAgain()
    await deny(2)
    const again = refreshAgain()
    await advance(0)
    expect(again.value).toMatchObject({ status: 'failed', error: { code: 'ACCESS_DENIED' } })
  })

  it('does not answer with what a moment ago was new, and has been refused since', async () => {
    const { refreshAgain, one, refresh, answer, deny, advance } = await rejecting({ maxAge: 0 })
    refresh(one)
    await answer(1, 'new')
    refresh(one)
    await deny(2)
    const again = refreshAgain()
    await advance(0)
    expect(again.value).toMatchObject({ status: 'failed', error: { code: 'ACCESS_DENIED' } })
  })

  it('shares a load that runs', async () => {
    const { refreshAgain, one, read, source, answer, advance } = await rejecting({ maxAge: 10 })
    await advance(10_000)
    read(one)
    const calls = [refreshAgain(), refreshAgain()]
    expect(source.calls).toHaveLength(2)
    await answer(1, 'new')
    expect(calls.map(({ value }) => value)).toMatchObject([changed('new'), changed('new')])
  })

  it('has one forced load follow a plain one that brings the rejected value again', async () => {
    const { refreshAgain, one, read, source, answer, advance } = await rejecting({ maxAge: 10 })
    await advance(10_000)
    read(one)
    const calls = Array.from({ length: 1_000 }, refreshAgain)
    await answer(1, 'old')
    expect(source.calls).toHaveLength(3)
    expect(source.questions[2]?.context.fresh).toBe(true)
    await answer(2, 'new')
    expect(new Set(calls.map(({ value }) => value?.status))).toEqual(new Set(['changed']))
    expect(source.calls).toHaveLength(3)
  })

  it('fails with what is remembered while backing off', async () => {
    const { refreshAgain, source, fail, advance } = await rejecting()
    const first = refreshAgain()
    await fail(1)
    const second = refreshAgain()
    await advance(0)
    for (const { value } of [first, second])
      expect(value).toMatchObject({ status: 'failed', error: { code: 'UNREACHABLE' } })
    expect(source.calls).toHaveLength(2)
  })

  it('is unchanged between the pause after a failure and the end of the minimum interval', async () => {
    const { refreshAgain, source, fail, advance } = await rejecting()
    refreshAgain()
    await fail(1)
    await advance(250)
    const second = refreshAgain()
    await advance(0)
    expect(second.value).toEqual({ status: 'unchanged' })
    expect(source.calls).toHaveLength(2)
  })

  it('asks the source after the clock was set back, not the cache', async () => {
    const { refreshAgain, source, clock, answer } = await rejecting()
    refreshAgain()
    await answer(1, 'old')
    clock.step(-1)
    const again = refreshAgain()
    expect(source.calls).toHaveLength(3)
    await answer(2, 'new')
    expect(again.value).toMatchObject(changed('new'))
  })

  it('backs off when the load it shares is found dead', async () => {
    const { refreshAgain, source, clock, advance } = await rejecting()
    const first = refreshAgain()
    clock.step(5_000)
    const second = refreshAgain()
    await advance(0)
    for (const { value } of [first, second])
      expect(value).toMatchObject({ status: 'failed', error: { code: 'TIMEOUT' } })
    expect(source.calls).toHaveLength(2)
  })

  it('loads anew where the load it shared has been dead for long', async () => {
    const { refreshAgain, source, clock, answer } = await rejecting()
    const first = refreshAgain()
    clock.step(60_000)
    const second = refreshAgain()
    expect(source.calls).toHaveLength(3)
    await answer(2, 'new')
    for (const { value } of [first, second]) expect(value).toMatchObject(changed('new'))
    expect(source.calls).toHaveLength(3)
  })

  it('takes equal bytes for the same, whatever their version says', async () => {
    const { refreshAgain, answer } = await rejecting()
    const again = refreshAgain()
    await answer(1, 'old', 'another version')
    expect(again.value).toEqual({ status: 'unchanged' })
  })
})
