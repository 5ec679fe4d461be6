import { describe, expect, it } from '@jest/globals'
import { json, text } from '../../src/declare/declare.ts'
import { NotFoundError } from '../../src/errors/index.ts'
import type { Schema } from '../../src/formats/standard-schema.ts'
import { declaredKey } from '../../src/keys/declared-key.ts'
import { collect } from '../../src/read/collect.ts'
import { createEngine, valuesOf } from '../support/engine.ts'

const grace = { maxAge: 10, staleIfError: 60 }

/** An engine whose value is 10 s old: past its freshness, within staleIfError. */
async function inGrace(times: Parameters<ReturnType<typeof createEngine>['slot']>[0] = grace) {
  const engine = createEngine()
  const one = engine.slot(times)
  await engine.hold(one, 'old')
  await engine.advance(10_000)
  const reasons = () => engine.events.flatMap((event) => (event.type === 'stale' ? [event.reason] : []))
  return { ...engine, one, reasons }
}

/** A schema that takes what does not begin with "bad"; asynchronous ones answer when they are let. */
function picky(later?: (judge: () => void) => void): Schema<unknown> {
  const judge = (value: unknown) =>
    String(value).startsWith('bad') ? { issues: [{ message: '', path: [] }] } : { value }
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value) =>
        later ? new Promise((resolve) => later(() => resolve(judge(value)))) : judge(value),
    },
  } as Schema<unknown>
}

const quoted = (value: string) => JSON.stringify(value)

describe('serve', () => {
  describe('a fresh value', () => {
    it('is a hit, and may be given again until it is no longer fresh', async () => {
      const { read, slot, hold, advance, clock, events } = createEngine()
      const one = slot({ maxAge: 10 })
      const from = clock.now()
      await hold(one, 'value')
      await advance(2_500)
      expect(read(one)).toMatchObject({
        isSync: true,
        value: [{ value: 'value', from, until: from + 10_000 }],
      })
      expect(events.at(-1)).toEqual({
        ...{ type: 'hit', key: 'secrets.a', id: 'prod/a', source: 'scripted' },
        ageSeconds: 2.5,
      })
    })

    it('is a miss for those who waited for it, with its age', async () => {
      const { read, slot, answer, advance, clock, events } = createEngine()
      const from = clock.now()
      const reading = read(slot({ maxAge: 10 }))
      await advance(1_000)
      await answer(0, 'value')
      expect(reading.value).toMatchObject([{ from, until: from + 10_000 }])
      expect(events.at(-1)).toMatchObject({ type: 'miss', ageSeconds: 1 })
    })
  })

  describe('a stale value', () => {
    it('is served at once, while one load runs in the background', async () => {
      const { read, one, source, reasons, answer } = await inGrace({ maxAge: 10, staleWhileRevalidate: 5 })
      const reads = [read(one), read(one)]
      expect(reads).toMatchObject([{ isSync: true }, { isSync: true }])
      expect(reads.map(valuesOf)).toEqual([['old'], ['old']])
      expect(source.calls).toHaveLength(2)
      expect(reasons()).toEqual(['revalidating', 'revalidating'])
      await answer(1, 'new')
      expect(valuesOf(read(one))).toEqual(['new'])
    })

    it('is not given again without a look', async () => {
      const { read, one, clock } = await inGrace({ maxAge: 10, staleWhileRevalidate: 5 })
      const [serving] = read(one).value ?? []
      expect(serving && clock.now() >= serving.from && clock.now() < serving.until).toBe(false)
    })

    it.each([0, -1, -100])('is revalidated where the caller has %d ms to wait', async (time) => {
      const { cache, emit, one, source, reasons, answer, read } = await inGrace({
        maxAge: 10,
        staleWhileRevalidate: 5,
      })
      const served = collect([one], cache, emit, { milliseconds: time, reason: 'no time' })
      expect(served).toMatchObject([{ value: 'old' }])
      expect(reasons()).toEqual(['revalidating'])
      expect(source.calls).toHaveLength(2)
      await answer(1, 'new')
      expect(valuesOf(read(one))).toEqual(['new'])
    })

    it('is served without a load while backing off, and rejects nowhere', async () => {
      const { read, one, source, fail } = await inGrace({ maxAge: 10, staleWhileRevalidate: 5 })
      read(one)
      await fail(1)
      expect(valuesOf(read(one))).toEqual(['old'])
      expect(source.calls).toHaveLength(2)
    })
  })

  describe('a value that a step back of the clock made stale again', () => {
    it('is served with a load under way to the reader who waited', async () => {
      const { read, one, source, clock, advance } = await inGrace({ maxAge: 4, staleWhileRevalidate: 3 })
      const reading = read(one)
      clock.step(-5_000)
      await advance(200)
      expect(valuesOf(reading)).toEqual(['old'])
      expect(source.calls).toHaveLength(3)
    })
  })

  describe('a value in grace', () => {
    it('is the answer after the soft wait; the load goes on', async () => {
      const { read, one, source, reasons, advance, answer } = await inGrace()
      const reading = read(one)
      await advance(199)
      expect(reading.isSettled).toBe(false)
      await advance(1)
      expect(valuesOf(reading)).toEqual(['old'])
      expect(reasons()).toEqual(['slow'])
      expect(source.questions[1]?.context.signal.aborted).toBe(false)
      await answer(1, 'new')
      expect(valuesOf(read(one))).toEqual(['new'])
      expect(source.calls).toHaveLength(2)
    })

    it('gives way to a newer one that comes in time', async () => {
      const { read, one, advance, answer } = await inGrace()
      const reading = read(one)
      await advance(199)
      await answer(1, 'new')
      expect(valuesOf(reading)).toEqual(['new'])
    })

    it('joins a load that runs', async () => {
      const { read, one, source } = await inGrace()
      read(one)
      expect(read(one).isSync).toBe(false)
      expect(source.calls).toHaveLength(2)
    })

    it('is the answer when the load fails, and at once while backing off', async () => {
      const { read, one, source, reasons, fail } = await inGrace()
      const reading = read(one)
      await fail(1)
      expect(valuesOf(reading)).toEqual(['old'])
      expect(read(one)).toMatchObject({ isSync: true, value: [{ value: 'old' }] })
      expect(reasons()).toEqual(['failed', 'backing-off'])
      expect(source.calls).toHaveLength(2)
    })

    it('is not the answer once a newer load was refused for good', async () => {
      const { read, one, deny } = await inGrace()
      const reading = read(one)
      await deny(1)
      expect(reading.error).toMatchObject({ code: 'ACCESS_DENIED' })
    })

    it('is not the answer of a soft wait that its bound has ended: the wait goes on', async () => {
      const { read, one, advance, answer } = await inGrace({ maxAge: 10, staleIfError: 0.1 })
      const reading = read(one)
      await advance(200)
      expect(reading.isSettled).toBe(false)
      await answer(1, 'new')
      expect(valuesOf(reading)).toEqual(['new'])
    })

    it('waits no longer in all than it may, when its bound ends within the soft wait', async () => {
      const { read, one, advance } = await inGrace({ maxAge: 10, staleIfError: 0.1 })
      const reading = read(one, 1_000)
      await advance(999)
      expect(reading.isSettled).toBe(false)
      await advance(1)
      expect(reading.error).toMatchObject({ code: 'TIMEOUT' })
    })

    it('has its soft wait cut short by the time that is left', async () => {
      const { read, one, advance } = await inGrace()
      const reading = read(one, 50)
      await advance(50)
      expect(valuesOf(reading)).toEqual(['old'])
    })

    it('is the answer without a load where no time is left', async () => {
      const { read, one, source, advance } = await inGrace()
      const reading = read(one, 0)
      await advance(0)
      expect(valuesOf(reading)).toEqual(['old'])
      expect(source.calls).toHaveLength(1)
    })

    it('is never served without a load under way: a new one starts where the old was frozen', async () => {
      const { read, one, source, clock, advance } = await inGrace()
      const reading = read(one)
      clock.step(20_000)
      await advance(200)
      await advance(50)
      expect(valuesOf(reading)).toEqual(['old'])
      expect(source.calls).toHaveLength(3)
    })
  })

  describe('a load that was given up while somebody waited for it', () => {
    /** A reader who waits for the second load; the first was found dead, and then answered all the same. */
    async function overdue(times: Parameters<ReturnType<typeof createEngine>['slot']>[0]) {
      const engine = createEngine()
      const { slot, read, refresh, advance, answer, source } = engine
      const one = slot(times)
      const reading = read(one, 60_000)
      refresh(one)
      await advance(5_000)
      read(one)
      expect(source.calls).toHaveLength(2)
      await answer(0, 'late')
      expect(reading.isSettled).toBe(false)
      return { ...engine, one, reading }
    }

    it.each([
      ['fresh', { maxAge: 60 }],
      ['stale', { maxAge: 1, staleWhileRevalidate: 60 }],
    ])('leaves a value that is %s by now as the answer where the next load fails', async (_, times) => {
      const { reading, fail } = await overdue(times)
      await fail(1)
      expect(valuesOf(reading)).toEqual(['late'])
    })

    it('leaves a value that is fresh by now as the answer, though a third load runs', async () => {
      const { one, read, reading, refresh, advance, source } = await overdue({ maxAge: 60 })
      refresh(one)
      await advance(5_000)
      read(one)
      await advance(0)
      expect(source.calls).toHaveLength(3)
      expect(valuesOf(reading)).toEqual(['late'])
    })

    it('is a failure to back off from: a value in grace is the answer, though a forced load runs', async () => {
      const { read, refresh, one, source, reasons, advance } = await inGrace()
      read(one)
      refresh(one)
      await advance(4_900)
      const reading = read(one)
      await advance(100)
      read(one)
      await advance(0)
      expect(source.calls).toHaveLength(3)
      expect(valuesOf(reading)).toEqual(['old'])
      expect(reasons().at(-1)).toBe('backing-off')
    })
  })

  describe('a reader with maxAge 0', () => {
    it('asks each time, or joins a load that runs', async () => {
      const { read, slot, source, answer } = createEngine()
      const one = slot({ maxAge: 0 })
      const reads = [read(one), read(one)]
      await answer(0, 'first')
      expect(reads.map(valuesOf)).toEqual([['first'], ['first']])
      const next = read(one)
      await answer(1, 'second')
      expect(valuesOf(next)).toEqual(['second'])
      expect(source.calls).toHaveLength(2)
    })

    it('has no soft wait: the last value is the answer on failure, in backoff, or when the time is over', async () => {
      const { read, slot, hold, fail, advance } = createEngine()
      const one = slot({ maxAge: 0 })
      await hold(one, 'last')
      const failing = read(one)
      await advance(1_999)
      expect(failing.isSettled).toBe(false)
      await fail(1)
      expect([failing, read(one)].map(valuesOf)).toEqual([['last'], ['last']])
      await advance(250)
      const slow = read(one)
      await advance(2_000)
      expect(valuesOf(slow)).toEqual(['last'])
    })
  })

  describe('a read with no value', () => {
    it('times out with a typed error, and the load goes on for the others', async () => {
      const { read, slot, source, clock, advance, answer } = createEngine()
      const one = slot()
      const [short, long] = [read(one, 100), read(one, 1_000)]
      await advance(99)
      expect(short.isSettled).toBe(false)
      await advance(1)
      expect(short.error).toMatchObject({ code: 'TIMEOUT', key: 'secrets.a', id: 'prod/a' })
      expect(source.questions[0]?.context.signal.aborted).toBe(false)
      await answer(0, 'value')
      expect(valuesOf(long)).toEqual(['value'])
      expect(clock.timers()).toBe(0)
    })

    it('fails at once and asks nothing where no time is left', async () => {
      const { read, slot, source, clock, advance } = createEngine()
      const reading = read(slot(), -90)
      await advance(0)
      expect(reading.error).toMatchObject({ code: 'TIMEOUT' })
      expect(source.calls).toEqual([])
      expect(clock.timers()).toBe(0)
    })

    it('gets the outcome of a forced load', async () => {
      const { read, refresh, slot, source, answer } = createEngine()
      const one = slot()
      refresh(one)
      const reading = read(one)
      await answer(0, 'value')
      expect(valuesOf(reading)).toEqual(['value'])
      expect(source.calls).toHaveLength(1)
    })
  })

  describe('a fallback', () => {
    const optional = (maxAge: number) => text('prod/a', { fallback: 'none', maxAge })
    const missing = new NotFoundError()

    it('is served where the source says that there is nothing, and kept for maxAge', async () => {
      const { read, slot, source, clock, fail, advance, events } = createEngine()
      const one = slot({}, optional(10))
      const reading = read(one)
      await advance(50)
      const from = clock.now()
      await fail(0, missing)
      expect(reading.value).toMatchObject([{ value: 'none', loaded: undefined, from, until: from + 10_000 }])
      expect(events.at(-1)).toMatchObject({ type: 'fallback', key: 'secrets.a', id: 'prod/a' })
      await advance(9_999)
      expect(read(one)).toMatchObject({ isSync: true, value: [{ value: 'none' }] })
      expect(source.calls).toHaveLength(1)
      await advance(1)
      expect(read(one).isSync).toBe(false)
      expect(source.calls).toHaveLength(2)
    })

    it('is not kept beyond a step back of the clock', async () => {
      const { read, slot, clock, fail } = createEngine()
      const one = slot({}, optional(10))
      read(one)
      await fail(0, missing)
      clock.step(-1)
      expect(read(one).isSync).toBe(false)
    })

    it('is served while another reader asks again', async () => {
      const { read, slot, fail, advance } = createEngine()
      const [one, other] = [slot({}, optional(10)), slot({}, 'prod/a')]
      read(one)
      await fail(0, missing)
      await advance(1_000)
      read(other)
      expect(read(one)).toMatchObject({ isSync: true, value: [{ value: 'none' }] })
    })

    it('is an error for a reader that declared none', async () => {
      const { read, slot, fail } = createEngine()
      const one = slot()
      read(one)
      await fail(0, missing)
      expect(read(one)).toMatchObject({ isSync: true, error: { code: 'NOT_FOUND' } })
    })

    it('is for no other failure', async () => {
      const { read, slot, deny, fail } = createEngine()
      for (const answer of [deny, fail]) {
        const one = slot({}, text(`prod/${answer.name}`, { fallback: 'none' }))
        const reading = read(one)
        await answer(-1)
        expect(reading.error).toBeDefined()
      }
    })
  })

  describe('a key with a fallback whose load failed', () => {
    it('is asked for again once the pause is over', async () => {
      const { read, slot, fail, answer, advance, source } = createEngine()
      const one = slot({ maxAge: 60 }, text('prod/a', { fallback: 'none' }))
      read(one)
      await fail(0)
      await advance(1_000)
      const reading = read(one)
      expect(source.calls).toHaveLength(2)
      await answer(1, 'value')
      expect(valuesOf(reading)).toEqual(['value'])
    })
  })

  describe('a value that cannot be read as declared', () => {
    const readable = { maxAge: 10, staleIfError: 60 }

    it('is an error where nothing else was read before', async () => {
      const { read, slot, answer, events } = createEngine()
      const reading = read(slot({}, json('prod/a', picky())))
      await answer(0, quoted('bad'))
      expect(reading.error).toMatchObject({ code: 'SCHEMA_MISMATCH', key: 'secrets.a' })
      expect(events.at(-1)).toMatchObject({ type: 'error', code: 'SCHEMA_MISMATCH' })
    })

    it('gives way to the last one that could, within its bound, and tells it', async () => {
      const { read, refresh, slot, hold, answer, advance, events } = createEngine()
      const one = slot(readable, json('prod/a', picky()))
      await hold(one, quoted('good'))
      refresh(one)
      await answer(1, quoted('bad'))
      const [serving] = read(one).value ?? []
      expect(serving?.value).toBe('good')
      expect(serving?.until).toBe(Number.NEGATIVE_INFINITY)
      expect(events.slice(-2)).toMatchObject([
        { type: 'error', code: 'SCHEMA_MISMATCH' },
        { type: 'stale', reason: 'unreadable', ageSeconds: 0 },
      ])
      await advance(9_999)
      expect(valuesOf(read(one))).toEqual(['good'])
    })

    it('does not give way to one past its bound, or from before a step back of the clock', async () => {
      const { read, refresh, slot, hold, answer, advance, clock } = createEngine()
      const one = slot({ maxAge: 10, staleIfError: 10 }, json('prod/a', picky()))
      await hold(one, quoted('good'))
      await advance(19_000)
      refresh(one)
      await answer(1, quoted('bad'))
      await advance(999)
      expect(valuesOf(read(one))).toEqual(['good'])
      await advance(1)
      expect(read(one).error).toMatchObject({ code: 'SCHEMA_MISMATCH' })
      clock.step(-20_001)
      refresh(one)
      await answer(-1, quoted('bad'))
      expect(read(one).error).toMatchObject({ code: 'SCHEMA_MISMATCH' })
    })

    it('gives way to none from before a refusal for good', async () => {
      const { read, refresh, slot, hold, answer, deny } = createEngine()
      const one = slot(readable, json('prod/a', picky()))
      await hold(one, quoted('good'))
      refresh(one)
      await answer(1, quoted('bad'))
      refresh(one)
      expect(valuesOf(read(one))).toEqual(['good'])
      await deny(2)
      expect(read(one).error).toMatchObject({ code: 'SCHEMA_MISMATCH' })
      refresh(one)
      await answer(3, quoted('bad again'))
      expect(read(one).error).toMatchObject({ code: 'SCHEMA_MISMATCH' })
    })

    it('gives way to none from before everything was forgotten', async () => {
      const { cache, read, slot, hold, answer } = createEngine()
      const one = slot(readable, json('prod/a', picky()))
      await hold(one, quoted('good'))
      cache.clear()
      const reading = read(one)
      await answer(1, quoted('bad'))
      expect(reading.error).toMatchObject({ code: 'SCHEMA_MISMATCH' })
    })

    it('gives way to the last one that could be read, for a name known only at run time too', async () => {
      const { cache, source, emit, hold, slot, refresh, answer } = createEngine()
      const one = slot(readable, json('prod/a'))
      await hold(one, quoted('good'))
      refresh(one)
      await answer(1, 'malformed')
      const dynamic = declaredKey(
        'secrets',
        'get()',
        json('prod/a'),
        { source, times: readable, cache },
        true,
      )
      const served = collect([dynamic], cache, emit, { milliseconds: 100, reason: undefined })
      expect(served).toMatchObject([{ value: 'good' }])
    })

    it('costs other readers nothing', async () => {
      const { read, slot, answer } = createEngine()
      const [strict, plain] = [slot({}, json('prod/a', picky())), slot()]
      read(strict)
      await answer(0, quoted('bad'))
      expect(valuesOf(read(plain))).toEqual([quoted('bad')])
    })
  })

  describe('an asynchronous schema', () => {
    function slowly() {
      const waiting: (() => void)[] = []
      return { schema: picky((judge) => waiting.push(judge)), waiting }
    }

    it('is asked once for a version, then the answer is at hand', async () => {
      const { read, slot, answer, advance } = createEngine()
      const { schema, waiting } = slowly()
      const one = slot({}, json('prod/a', schema))
      const reads = [read(one), read(one)]
      await answer(0, quoted('value'))
      expect(waiting).toHaveLength(1)
      waiting[0]?.()
      await advance(0)
      expect(reads.map(valuesOf)).toEqual([['value'], ['value']])
      expect(read(one)).toMatchObject({ isSync: true, value: [{ value: 'value' }] })
    })

    it('is waited for no longer than the read may wait', async () => {
      const { read, slot, answer, advance, clock } = createEngine()
      const { schema } = slowly()
      const reading = read(slot({}, json('prod/a', schema)), 1_000)
      await advance(400)
      await answer(0, quoted('value'))
      await advance(600)
      expect(reading.error).toMatchObject({ code: 'TIMEOUT' })
      expect(clock.timers()).toBe(0)
    })

    it('that never settles is started again at a later read', async () => {
      const { read, slot, answer, advance } = createEngine()
      const { schema, waiting } = slowly()
      const one = slot({}, json('prod/a', schema))
      const reading = read(one)
      await answer(0, quoted('value'))
      await advance(2_000)
      expect(reading.error).toMatchObject({ code: 'TIMEOUT', reason: 'its schema has not finished' })
      await advance(3_000)
      const again = read(one)
      expect(waiting).toHaveLength(2)
      waiting[1]?.()
      await advance(0)
      expect(valuesOf(again)).toEqual(['value'])
    })

    it('that takes too long leaves the last value in place', async () => {
      const { read, refresh, slot, answer, advance, events } = createEngine()
      const { schema, waiting } = slowly()
      const one = slot({}, json('prod/a', schema))
      read(one)
      await answer(0, quoted('first'))
      waiting[0]?.()
      await advance(0)
      refresh(one)
      await answer(1, quoted('second'))
      const [waitingFor, hurried] = [read(one, 500), read(one, 0)]
      await advance(500)
      expect([waitingFor, hurried].map(valuesOf)).toEqual([['first'], ['first']])
      expect(events.at(-2)).toMatchObject({ type: 'error', code: 'TIMEOUT' })
    })

    it('does not make a value that was replaced while it was read the last one that could be', async () => {
      const { read, refresh, slot, answer, advance } = createEngine()
      const { schema, waiting } = slowly()
      const one = slot({ maxAge: 60, staleIfError: 60 }, json('prod/a', schema))
      const reading = read(one)
      await answer(0, quoted('first'))
      refresh(one)
      await answer(1, quoted('bad'))
      waiting[0]?.()
      await advance(0)
      expect(valuesOf(reading)).toEqual(['first'])
      const next = read(one)
      waiting[1]?.()
      await advance(0)
      expect(next.error).toMatchObject({ code: 'SCHEMA_MISMATCH' })
    })

    it('leaves no bound of its own to a value that was replaced while it was read', async () => {
      const { read, refresh, slot, answer, advance } = createEngine()
      const { schema, waiting } = slowly()
      const one = slot({}, json('prod/a', schema))
      const reading = read(one)
      await answer(0, quoted('first'))
      refresh(one)
      await answer(1, quoted('second'))
      waiting[0]?.()
      await advance(0)
      expect(reading.value).toMatchObject([{ value: 'first', until: Number.NEGATIVE_INFINITY }])
    })
  })
})
