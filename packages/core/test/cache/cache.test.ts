import { describe, expect, it } from '@jest/globals'
import { refresh } from '../../src/cache/refresh.ts'
import { text } from '../../src/declare/declare.ts'
import { AccessDeniedError, NotFoundError, RefusedError } from '../../src/errors/index.ts'
import { declaredKey } from '../../src/keys/declared-key.ts'
import { collect } from '../../src/read/collect.ts'
import type { Question } from '../../src/testing/scripted-source.ts'
import { scriptedSource } from '../../src/testing/scripted-source.ts'
import { createEngine, valuesOf, type Watched, watch } from '../support/engine.ts'

describe('createCache', () => {
  describe('one load', () => {
    it('is shared by all who ask while it is live', async () => {
      const { read, slot, source, answer } = createEngine()
      const one = slot()
      const reads = Array.from({ length: 1_000 }, () => read(one))
      expect(source.calls).toEqual([['prod/a']])
      await answer(0, 'value')
      expect(new Set(reads.map((each) => valuesOf(each)?.[0]))).toEqual(new Set(['value']))
      expect(source.calls).toHaveLength(1)
    })

    it('asks once for what readers with different times and formats share', async () => {
      const { read, slot, source, answer } = createEngine()
      const both = read([slot({ maxAge: 0 }), slot({ maxAge: 60 })])
      await answer(0, 'value')
      expect(valuesOf(both)).toEqual(['value', 'value'])
      expect(source.calls).toEqual([['prod/a']])
    })

    it('is asked of the source of the reader who needs it, where two have one identity', async () => {
      const { cache, emit, source, answer } = createEngine()
      const other = scriptedSource({ identity: source.identity })
      const read = (own: typeof source) => {
        const key = declaredKey('secrets', 'a', 'prod/a', { source: own, times: {}, cache })
        return watch(() => collect([key], cache, emit, { milliseconds: 1_000, reason: undefined }))
      }
      read(source)
      await answer(0, 'of the first')
      expect(valuesOf(read(other))).toEqual(['of the first'])
      cache.clear()
      const again = read(other)
      other.questions[0]?.answer({ ok: true, value: 'of the other' })
      await new Promise((resolve) => setImmediate(resolve))
      expect(valuesOf(again)).toEqual(['of the other'])
      expect(source.calls).toHaveLength(1)
    })

    it('stamps a value with the time its load began', async () => {
      const { read, slot, answer, advance } = createEngine()
      const one = slot({ maxAge: 10 })
      read(one)
      await advance(1_000)
      await answer(0, 'value')
      await advance(8_999)
      expect(read(one)).toMatchObject({ isSync: true, error: undefined })
      await advance(1)
      expect(read(one).isSync).toBe(false)
    })

    it('has one jitter: what was loaded together expires together, and is loaded together again', async () => {
      const draws = [0.5, 1]
      const { read, slot, source, answer, advance } = createEngine({ random: () => draws.shift() ?? 0 })
      const both = [slot({ maxAge: 100 }), slot({ maxAge: 100 }, 'prod/b')]
      read(both)
      await answer(0, 'a')
      await answer(1, 'b')
      await advance(94_999)
      expect(read(both).isSync).toBe(true)
      await advance(1)
      read(both)
      expect(source.calls).toEqual([
        ['prod/a', 'prod/b'],
        ['prod/a', 'prod/b'],
      ])
    })

    it('draws the jitter once for each load', async () => {
      const draws = [0.5, 1]
      const { read, slot, hold, advance } = createEngine({ random: () => draws.shift() ?? 0 })
      const one = slot({ maxAge: 100 })
      await hold(one, 'value')
      await advance(94_999)
      expect(read(one).isSync).toBe(true)
      expect(draws).toEqual([1])
      await advance(1)
      expect(read(one).isSync).toBe(false)
    })
  })

  describe('a load found dead', () => {
    it('is given up at the next read, its request aborted, and a new load answers', async () => {
      const { read, slot, source, clock, answer } = createEngine()
      const one = slot()
      const first = read(one)
      clock.step(4_999)
      read(one)
      expect(source.calls).toHaveLength(1)
      clock.step(10_000)
      const second = read(one)
      expect(source.calls).toHaveLength(2)
      expect(source.questions[0]?.context.signal.aborted).toBe(true)
      expect(source.questions[1]?.context.signal.aborted).toBe(false)
      await answer(1, 'value')
      expect([valuesOf(first), valuesOf(second)]).toEqual([['value'], ['value']])
    })

    it('failed when its time was over, not when somebody looked', async () => {
      const { read, slot, source, clock, events } = createEngine()
      const one = slot()
      read(one)
      clock.step(5_249)
      expect(read(one)).toMatchObject({ isSync: true, error: { code: 'TIMEOUT', key: 'secrets.a' } })
      expect(events.at(-2)).toMatchObject({ type: 'failed', code: 'TIMEOUT', pauseMilliseconds: 250 })
      clock.step(1)
      expect(read(one).isSync).toBe(false)
      expect(source.calls).toHaveLength(2)
    })

    it('counts as a failure: the pause doubles', async () => {
      const { read, slot, clock, events } = createEngine()
      const one = slot()
      for (let round = 0; round < 3; round++) {
        read(one)
        clock.step(60_000)
      }
      read(one)
      const pauses = events.flatMap((event) => (event.type === 'failed' ? [event.pauseMilliseconds] : []))
      expect(pauses).toEqual([250, 500, 1_000])
    })

    it('is dead before it began, when the clock was set back', async () => {
      const { read, slot, source, clock } = createEngine()
      const one = slot()
      read(one)
      clock.step(-1)
      read(one)
      expect(source.calls).toHaveLength(2)
    })

    it('says what its last attempt had heard', async () => {
      const { read, slot, source, clock } = createEngine()
      const one = slot()
      read(one)
      const { context, reference } = source.questions[0] as (typeof source.questions)[number]
      context.onRetry(reference, new NotFoundError({ remedy: 'Look again.' }))
      clock.step(5_000)
      context.onRetry({ ...reference }, new NotFoundError({ remedy: 'Of nothing that was asked.' }))
      const { error } = read(one)
      expect(error).toMatchObject({ code: 'TIMEOUT', remedy: 'Look again.' })
      expect((error as Error).message).toContain('the last attempt said NOT_FOUND')
    })

    it('does not mind an attempt that its source made for something else', async () => {
      const { read, slot, source, answer } = createEngine()
      const reading = read(slot())
      const [{ context }] = source.questions as [Question]
      expect(() => context.onRetry({ kind: 'secret', id: 'other' }, new NotFoundError())).not.toThrow()
      await answer(0, 'value')
      expect(valuesOf(reading)).toEqual(['value'])
    })

    it('still answers those who waited, however old its answer, when that answer is what finds it dead', async () => {
      const { read, slot, source, clock, answer } = createEngine()
      const readers = [slot({ maxAge: 0, staleIfError: 0 }), slot({ maxAge: 10, staleIfError: 0 })]
      const reads = readers.map((reader) => read(reader))
      clock.step(60_000)
      await answer(0, 'value')
      expect(reads.map(valuesOf)).toEqual([['value'], ['value']])
      expect(source.calls).toHaveLength(1)
    })

    it('passes on nothing old as fresh', async () => {
      const { read, slot, source, clock, answer } = createEngine()
      const one = slot({ maxAge: 10, staleIfError: 0 })
      read(one)
      clock.step(60_000)
      await answer(0, 'old')
      expect(read(one).isSync).toBe(false)
      expect(source.calls).toHaveLength(2)
    })

    it('is believed when it says that access is denied', async () => {
      const { read, slot, hold, advance, clock, deny } = createEngine()
      const one = slot({ maxAge: 10 })
      await hold(one, 'old')
      await advance(10_000)
      const waiting = read(one)
      clock.step(60_000)
      await deny(1)
      expect(waiting.error).toMatchObject({ code: 'ACCESS_DENIED' })
      expect(read(one)).toMatchObject({ isSync: true, error: { code: 'ACCESS_DENIED' } })
    })

    it('fails as overdue when its late error is what finds it dead, and its waiters look again', async () => {
      const { read, slot, source, events, clock, fail, answer } = createEngine()
      const one = slot()
      const waiting = read(one)
      clock.step(60_000)
      await fail(0)
      expect(events.filter(({ type }) => type === 'failed')).toMatchObject([{ code: 'TIMEOUT' }])
      expect(source.calls).toHaveLength(2)
      await answer(1, 'value')
      expect(valuesOf(waiting)).toEqual(['value'])
    })
  })

  describe('what an older load brings late', () => {
    it('is kept while nothing newer has answered', async () => {
      const { read, slot, clock, answer } = createEngine()
      const one = slot()
      read(one)
      clock.step(6_000)
      read(one)
      await answer(0, 'late')
      expect(valuesOf(read(one))).toEqual(['late'])
    })

    it('is dropped once a newer load has answered', async () => {
      const { read, slot, clock, answer } = createEngine()
      const one = slot()
      read(one)
      clock.step(6_000)
      read(one)
      await answer(1, 'newer')
      await answer(0, 'late')
      expect(valuesOf(read(one))).toEqual(['newer'])
    })

    it('does not bring back what a newer load has been refused', async () => {
      const { read, slot, clock, deny, answer } = createEngine()
      const one = slot()
      read(one)
      clock.step(6_000)
      read(one)
      await deny(1)
      await answer(0, 'late')
      expect(read(one)).toMatchObject({ isSync: true, error: { code: 'ACCESS_DENIED' } })
    })

    it('changes nothing when it is an error', async () => {
      const { read, slot, clock, answer, deny, events } = createEngine()
      const one = slot({ maxAge: 1 })
      read(one)
      clock.step(6_000)
      read(one)
      await answer(1, 'newer')
      const before = events.length
      await deny(0)
      expect(events.slice(before)).toEqual([])
      clock.step(2_000)
      expect(read(one).isSync).toBe(false)
    })

    it('starts no second refresh: the one that was queued on it has run', async () => {
      const { read, refresh, slot, source, clock, answer } = createEngine()
      const one = slot()
      read(one)
      refresh(one)
      clock.step(6_000)
      read(one)
      await answer(1, 'newer')
      await answer(0, 'late')
      expect(source.calls).toHaveLength(2)
    })

    it('does not end the load that runs now', async () => {
      const { read, slot, source, clock, fail } = createEngine()
      const one = slot()
      read(one)
      clock.step(6_000)
      read(one)
      await fail(0)
      read(one)
      expect(source.calls).toHaveLength(2)
    })
  })

  describe('a failure', () => {
    it('is remembered for the pause, then asked again', async () => {
      const { read, slot, source, advance, fail } = createEngine()
      const one = slot()
      const first = read(one)
      await fail(0)
      expect(first).toMatchObject({ isSettled: true, error: { code: 'UNREACHABLE', id: 'prod/a' } })
      await advance(249)
      expect(read(one)).toMatchObject({ isSync: true, error: { code: 'UNREACHABLE' } })
      await advance(1)
      expect(read(one).isSync).toBe(false)
      expect(source.calls).toHaveLength(2)
    })

    it('touches no expiry', async () => {
      const { read, slot, hold, advance, fail } = createEngine()
      const one = slot({ maxAge: 10, staleIfError: 20 })
      await hold(one, 'old')
      for (let elapsed = 10_000; elapsed < 30_000; elapsed += 2_000) {
        await advance(elapsed === 10_000 ? 10_000 : 2_000)
        if (!read(one).isSync) await fail(-1)
      }
      await advance(1_999)
      const last = read(one, 0)
      await advance(1)
      const none = read(one, 0)
      await advance(0)
      expect(valuesOf(last)).toEqual(['old'])
      expect(none.error).toMatchObject({ code: expect.any(String) })
    })

    it('is forgotten with the next success', async () => {
      const { read, slot, events, advance, fail, answer } = createEngine()
      const one = slot({ maxAge: 0, staleIfError: 0 })
      for (let round = 0; round < 2; round++) {
        read(one)
        await fail(-1)
        await advance(30_000)
      }
      read(one)
      await answer(-1, 'value')
      read(one)
      await fail(-1)
      const pauses = events.flatMap((event) => (event.type === 'failed' ? [event.pauseMilliseconds] : []))
      expect(pauses).toEqual([250, 500, 250])
    })
  })

  describe('a permanent error', () => {
    it('ends every use of the value past its freshness, at once and for good', async () => {
      const { read, slot, hold, advance, deny } = createEngine()
      const [short, long] = [slot({ maxAge: 10, staleWhileRevalidate: 100 }), slot({ maxAge: 60 })]
      await hold(short, 'old')
      await advance(10_000)
      expect(valuesOf(read(short))).toEqual(['old'])
      await deny(1)
      expect(read(short)).toMatchObject({ isSync: true, error: { code: 'ACCESS_DENIED' } })
      expect(valuesOf(read(long))).toEqual(['old'])
      await advance(60_000)
      const none = read(long, 0)
      await advance(0)
      expect(none.error).toMatchObject({ code: 'TIMEOUT' })
    })

    it('is over with the next success', async () => {
      const { read, slot, hold, advance, deny, answer } = createEngine()
      const one = slot({ maxAge: 10 })
      await hold(one, 'old')
      await advance(10_000)
      read(one)
      await deny(1)
      await advance(1_000)
      const again = read(one)
      await answer(2, 'new')
      expect(valuesOf(again)).toEqual(['new'])
    })
  })

  describe('prefetch', () => {
    it('loads together what is not there, and a read joins it', async () => {
      const { cache, emit, read, slot, source, answer } = createEngine()
      const slots = [slot({}, 'prod/a'), slot({}, 'prod/b')]
      cache.prefetch(
        source,
        slots.map(({ entry }) => entry),
        emit,
      )
      expect(source.calls).toEqual([['prod/a', 'prod/b']])
      const both = read(slots)
      await answer(0, 'a')
      await answer(1, 'b')
      expect(valuesOf(both)).toEqual(['a', 'b'])
      expect(source.calls).toHaveLength(1)
    })

    it('keeps no read from asking again when it fails, but is a failure of the entry', async () => {
      const { cache, emit, read, slot, source, fail, events } = createEngine()
      const one = slot()
      cache.prefetch(source, [one.entry], emit)
      await fail(0)
      expect(events.at(-1)).toMatchObject({ type: 'failed', pauseMilliseconds: 0 })
      expect(read(one).isSync).toBe(false)
      expect(source.calls).toHaveLength(2)
      await fail(1)
      expect(events).toContainEqual(expect.objectContaining({ type: 'failed', pauseMilliseconds: 500 }))
    })

    it('asks for nothing that is held', async () => {
      const { cache, emit, slot, source, hold } = createEngine()
      const one = slot()
      await hold(one, 'value')
      cache.prefetch(source, [one.entry], emit)
      expect(source.calls).toHaveLength(1)
    })

    it('respects the pause after a failure', async () => {
      const { cache, emit, read, slot, source, fail, advance } = createEngine()
      const one = slot()
      read(one)
      await fail(0)
      cache.prefetch(source, [one.entry], emit)
      expect(source.calls).toHaveLength(1)
      await advance(250)
      cache.prefetch(source, [one.entry], emit)
      expect(source.calls).toHaveLength(2)
    })

    it('does not end a series of failures', async () => {
      const { cache, source, emit, read, slot, fail, advance } = createEngine()
      const one = slot()
      read(one)
      await fail(0)
      await advance(250)
      cache.prefetch(source, [one.entry], emit)
      await fail(1)
      expect(read(one)).toMatchObject({ isSync: true, error: { code: 'UNREACHABLE' } })
    })
  })

  describe('a listener that reads while it is told', () => {
    /** An engine whose listener does something, once, at the first event of a type. */
    function listening(type: string, react: () => void) {
      const engine = createEngine()
      let isDone = false
      const emit: typeof engine.emit = (told, describe) => {
        engine.emit(told, describe)
        if (told !== type || isDone) return
        isDone = true
        react()
      }
      return { ...engine, emit }
    }

    it('starts no second load beside the successor of the one that ended', async () => {
      const { cache, emit, slot, source, answer, read } = listening('loaded', () => read(one))
      const one = slot({ maxAge: 0 })
      cache.load(source, [one.entry], emit)
      const refreshed = watch(() => refresh(cache.loader, { source, entry: one.entry, emit }))
      await answer(0, 'first')
      expect(source.calls).toHaveLength(2)
      await answer(1, 'second')
      expect(refreshed.isSettled).toBe(false)
      expect(source.questions[2]?.context.fresh).toBe(true)
      await answer(2, 'third')
      expect(refreshed.value).toMatchObject({ status: 'loaded', loaded: { value: { raw: 'third' } } })
      expect(source.calls).toHaveLength(3)
    })

    it('may queue a refresh of its own: both are answered by one load', async () => {
      const { cache, emit, slot, source, answer } = listening('loaded', () => {
        cache.load(source, [one.entry], emit)
        later.push(watch(() => refresh(cache.loader, { source, entry: one.entry, emit })))
      })
      const later: Watched<unknown>[] = []
      const one = slot()
      cache.load(source, [one.entry], emit)
      later.push(watch(() => refresh(cache.loader, { source, entry: one.entry, emit })))
      for (const [index, value] of ['first', 'second', 'third'].entries()) await answer(index, value)
      expect(later).toMatchObject([
        { value: { status: 'loaded', loaded: { value: { raw: 'third' } } } },
        { value: { status: 'loaded', loaded: { value: { raw: 'third' } } } },
      ])
      expect(source.calls).toHaveLength(3)
    })

    it('starts no second load of what was found idle before', async () => {
      const { cache, emit, slot, source, clock } = listening('failed', () =>
        cache.load(source, [idle.entry], emit),
      )
      const [idle, dead] = [slot({}, 'prod/idle'), slot({}, 'prod/dead')]
      cache.load(source, [dead.entry], emit)
      clock.step(60_000)
      cache.load(source, [idle.entry, dead.entry], emit)
      expect(source.calls).toEqual([['prod/dead'], ['prod/idle'], ['prod/dead']])
    })
  })

  describe('a name and its ARN', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/a-AbCdEf'

    async function knownBoth() {
      const engine = createEngine()
      const { read, slot, source, advance } = engine
      const slots = [slot({ maxAge: 10 }), slot({ maxAge: 10 }, arn)]
      read(slots)
      for (const { answer } of source.questions) answer({ ok: true, value: 'one', arn })
      await advance(10_000)
      return { ...engine, slots }
    }

    it('are two questions until the source has said that they are the same', async () => {
      const { source, slots, cache } = await knownBoth()
      expect(source.calls).toEqual([['prod/a', arn]])
      expect(new Set(slots.map(({ entry }) => entry)).size).toBe(2)
      expect(cache.entries.size()).toBe(2)
    })

    it('are asked for once from then on, and both get the outcome', async () => {
      const { read, source, slots, advance } = await knownBoth()
      const both = read(slots)
      expect(source.calls[1]).toEqual(['prod/a'])
      source.questions[2]?.answer({ ok: true, value: 'two', arn })
      await advance(0)
      expect(valuesOf(both)).toEqual(['two', 'two'])
    })

    it('part again when the name has got another secret behind it', async () => {
      const { read, source, slots, advance, fail } = await knownBoth()
      const both = read(slots)
      source.questions[2]?.answer({ ok: true, value: 'of another', arn: `${arn}2` })
      await advance(0)
      expect(source.calls[2]).toEqual([arn])
      await fail(3, new NotFoundError())
      expect(both.error).toMatchObject({ code: 'NOT_FOUND', id: arn })
      expect(valuesOf(read(slots[0] as never))).toEqual(['of another'])
    })

    it('that part again when the answer is late do not end, nor double, the loads that run now', async () => {
      const { read, refresh, source, slots, clock, advance } = await knownBoth()
      read(slots)
      refresh(slots[1] as never)
      clock.step(6_000)
      read(slots)
      expect(source.calls).toHaveLength(4)
      source.questions[2]?.answer({ ok: true, value: 'of another', arn: `${arn}2` })
      await advance(0)
      read(slots)
      expect(source.calls).toHaveLength(4)
      for (const { answer } of source.questions.slice(3)) answer({ ok: true, value: 'two', arn })
      await advance(0)
      expect(source.calls).toHaveLength(4)
    })

    it('part again when one of them is gone', async () => {
      const { read, refresh, source, slots, advance, fail } = await knownBoth()
      const both = read(slots)
      const queued = refresh(slots[1] as never)
      await fail(2, new NotFoundError())
      expect(source.calls[2]).toEqual([arn])
      expect(source.questions[3]?.context.fresh).toBe(true)
      source.questions[3]?.answer({ ok: true, value: 'two', arn })
      await advance(0)
      expect(both.error).toMatchObject({ code: 'NOT_FOUND', id: 'prod/a' })
      expect(queued.value).toMatchObject({ status: 'loaded', loaded: { value: { raw: 'two' } } })
    })

    it('are asked for once also where only the name has been loaded', async () => {
      const { read, slot, source, advance } = createEngine()
      const [named, byArn] = [slot({ maxAge: 10 }), slot({ maxAge: 10 }, arn)]
      read(named)
      source.questions[0]?.answer({ ok: true, value: 'one', arn })
      await advance(10_000)
      const both = read([named, byArn])
      expect(source.calls[1]).toEqual(['prod/a'])
      source.questions[1]?.answer({ ok: true, value: 'two', arn })
      await advance(0)
      expect(valuesOf(both)).toEqual(['two', 'two'])
    })

    it('that part again leave a fallback in place for as long as it is kept', async () => {
      const { slot, read, source, clock, advance, fail } = createEngine()
      const named = slot({ maxAge: 10 })
      const optional = slot({}, text(arn, { fallback: 'none', maxAge: 10 }))
      read(named)
      source.questions[0]?.answer({ ok: true, value: 'one', arn })
      await advance(0)
      read(optional)
      await fail(1, new NotFoundError())
      await advance(10_000)
      const both = read([named, optional])
      clock.step(-1_000)
      source.questions[2]?.answer({ ok: true, value: 'of another', arn: `${arn}2` })
      await advance(0)
      expect(valuesOf(both)).toEqual(['of another', 'none'])
      expect(source.calls).toHaveLength(3)
    })

    it('share an error that is not about the name', async () => {
      const { read, source, slots, fail } = await knownBoth()
      const both = read(slots)
      await fail(2)
      expect(valuesOf(both)).toEqual(['one', 'one'])
      expect(source.calls).toHaveLength(2)
    })

    it.each([new AccessDeniedError(), new RefusedError(), new NotFoundError()])(
      'are each asked by their own name where one of them fails with %s',
      async (error) => {
        const { read, source, slots, fail, answer } = await knownBoth()
        read(slots)
        await fail(2, error)
        expect(source.calls.slice(2)).toEqual([[arn]])
        await answer(3, 'by its own name')
        expect(valuesOf(read(slots[1] as never))).toEqual(['by its own name'])
      },
    )

    it('stay two questions where the stage differs', async () => {
      const { read, slot, source, advance } = createEngine()
      const slots = [slot({}, text(arn, { stage: 'AWSPREVIOUS' })), slot({}, arn)]
      read(slots)
      for (const { answer } of source.questions) answer({ ok: true, value: 'one', arn })
      await advance(301_000)
      read(slots)
      expect(source.calls[1]).toEqual([arn, arn])
    })
  })

  describe('clear', () => {
    it('forgets every value, and those who wait look again', async () => {
      const { cache, read, slot, source, hold, answer, advance } = createEngine()
      const [one, two] = [slot(), slot({}, 'prod/b')]
      await hold(one, 'value')
      const waiting = read(two)
      cache.clear()
      await advance(0)
      expect(source.questions[1]?.context.signal.aborted).toBe(true)
      expect(source.calls).toEqual([['prod/a'], ['prod/b'], ['prod/b']])
      await answer(2, 'b')
      expect(valuesOf(waiting)).toEqual(['b'])
      expect(read(one).isSync).toBe(false)
    })

    it('forgets names known only at run time', async () => {
      const { cache, source } = createEngine()
      cache.entries.of(source.identity, { kind: 'secret', id: 'tenant' }, false)
      cache.clear()
      expect(cache.entries.size()).toBe(0)
    })

    it('lets no answer of the past back in', async () => {
      const { cache, read, slot, answer } = createEngine()
      const one = slot()
      read(one)
      cache.clear()
      await answer(0, 'past')
      expect(one.entry.state.loaded).toBeUndefined()
      const again = read(one)
      await answer(1, 'present')
      expect(valuesOf(again)).toEqual(['present'])
    })

    it('forgets failures, what was rejected, and when a load was forced', async () => {
      const { cache, read, refresh, slot, source, hold, fail, answer, refreshRejected } = createEngine()
      const one = slot()
      await hold(one, 'value')
      const [serving] = read(one).value ?? []
      one.entry.reject(serving?.loaded?.value)
      refresh(one)
      await fail(1)
      cache.clear()
      expect(one.entry.state).toMatchObject({ rejected: undefined, failure: undefined })
      const forced = refreshRejected(one, serving)
      expect(source.calls).toHaveLength(3)
      await answer(2, 'newer')
      expect(forced.value).toMatchObject({ status: 'changed' })
    })

    it('starts a refresh that was queued', async () => {
      const { cache, read, refresh, slot, source, answer } = createEngine()
      const one = slot()
      read(one)
      const queued = refresh(one)
      cache.clear()
      expect(source.questions[1]?.context.fresh).toBe(true)
      await answer(1, 'value')
      expect(queued.value).toMatchObject({ status: 'loaded', loaded: { value: { raw: 'value' } } })
    })

    it('keeps the one entry of a name known only at run time that somebody waits for, dead load or not', async () => {
      const { cache, emit, source, clock, answer } = createEngine({ limits: { dynamicEntries: 4 } })
      const get = (name: string, milliseconds = 60_000) => {
        const key = declaredKey('secrets', 'get()', name, { source, times: {}, cache }, true)
        return watch(() => collect([key], cache, emit, { milliseconds, reason: undefined }))
      }
      const first = get('tenant')
      clock.step(10_000)
      for (const name of ['a', 'b', 'c', 'd', 'e']) get(name)
      const second = get('tenant')
      expect(source.calls.filter(([id]) => id === 'tenant')).toHaveLength(2)
      expect(source.questions.filter(({ context }) => !context.signal.aborted)).toHaveLength(6)
      await answer(-1, 'value')
      expect([first, second].map((each) => valuesOf(each))).toEqual([['value'], ['value']])
      get('f')
      expect(cache.entries.size()).toBeLessThan(8)
    })

    it('keeps one load for a name known only at run time that is being loaded', async () => {
      const { cache, emit, source, answer } = createEngine()
      const get = () => {
        const key = declaredKey('secrets', 'get()', 'tenant', { source, times: {}, cache }, true)
        return collect([key], cache, emit, { milliseconds: 2_000, reason: undefined })
      }
      const first = get()
      cache.clear()
      await answer(0, 'past')
      const second = get()
      expect(source.calls).toHaveLength(2)
      await answer(1, 'present')
      expect(await first).toMatchObject([{ value: 'present' }])
      expect(await second).toMatchObject([{ value: 'present' }])
    })

    it('changes the epoch', () => {
      const { cache } = createEngine()
      const before = cache.epoch()
      cache.clear()
      expect(cache.epoch()).not.toBe(before)
    })
  })
})
