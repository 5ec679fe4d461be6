import { describe, expect, it } from '@jest/globals'
import {
  AccessDeniedError,
  createSecrets,
  firstOf,
  InvalidRequestError,
  MissingClientError,
  NotFoundError,
  NotReadyError,
  type Reference,
  RefusedError,
  ResponseError,
  retryOnRotation,
  type SecretsCacheError,
  type SecretsEvent,
  ServiceError,
  type Source,
  ThrottledError,
  TimeoutError,
  TokenError,
  tree,
  UnreachableError,
  UnsupportedError,
} from '@secrets-cache/core'
import { fetchWith, firstOfWith, memorySource, scriptedSource } from '@secrets-cache/core/testing'
import { harness, settle } from '../helpers.ts'

const secret = (id: string): Reference => ({ kind: 'secret', id })
const failing = (error: SecretsCacheError, overrides: Partial<Source> = {}): Source => ({
  name: 'first',
  identity: 'first',
  fetch: async (references) => references.map(() => ({ ok: false, error })),
  ...overrides,
})
const second = memorySource({ secrets: { a: 'from the second', b: 'too' } })
const { clock } = harness()
const ask = async (first: Source, ...ids: string[]) =>
  fetchWith(firstOfWith(clock, [first, second]), ids.map(secret))

describe('firstOf', () => {
  it.each([
    new NotReadyError(),
    new UnreachableError(),
    new RefusedError(),
    new TimeoutError(),
    new ServiceError(),
    new TokenError(),
    new ResponseError(),
    new UnsupportedError(),
    new MissingClientError(),
  ])('goes on to the next source after $code', async (error) => {
    await expect(ask(failing(error), 'a')).resolves.toMatchObject([{ ok: true, value: 'from the second' }])
  })

  it.each([new NotFoundError(), new AccessDeniedError(), new InvalidRequestError(), new ThrottledError()])(
    'takes $code for an answer, and says from whom',
    async (error) => {
      const calls = second.calls()
      await expect(ask(failing(error), 'a')).resolves.toMatchObject([
        { ok: false, error: { code: error.code, source: 'first' } },
      ])
      expect(second.calls()).toBe(calls)
    },
  )

  it('goes on after a source that throws or breaks its contract', async () => {
    const throwing = failing(new NotFoundError(), {
      fetch: () => {
        throw new Error('canary')
      },
    })
    const empty = failing(new NotFoundError(), { fetch: async () => [] })
    await expect(ask(throwing, 'a')).resolves.toMatchObject([{ ok: true }])
    await expect(ask(empty, 'a')).resolves.toMatchObject([{ ok: true }])
  })

  it('asks the next source once for all that the first could not answer', async () => {
    const events: SecretsEvent[] = []
    const first = failing(new RefusedError(), {
      fetch: async (references) =>
        references.map(({ id }) =>
          id === 'mine' ? { ok: true, value: 'from the first' } : { ok: false, error: new RefusedError() },
        ),
    })
    const calls = second.calls()
    const emit = (type: string, describe: () => object) =>
      events.push({ type, ...describe() } as SecretsEvent)
    const outcomes = await fetchWith(firstOf(first, second), ['a', 'mine', 'b'].map(secret), {
      emit: emit as never,
    })

    expect(outcomes).toMatchObject([
      { value: 'from the second' },
      { value: 'from the first' },
      { value: 'too' },
    ])
    expect(second.calls()).toBe(calls + 1)
    expect(events).toEqual([
      { type: 'next', id: 'a', source: 'first', code: 'REFUSED', next: 'memory' },
      { type: 'next', id: 'b', source: 'first', code: 'REFUSED', next: 'memory' },
    ])
  })

  it('gives up a source that does not answer in its share of the time', async () => {
    const first = scriptedSource()
    const own = harness()
    const outcomes = fetchWith(firstOfWith(own.clock, [first, second]), [secret('a'), secret('b')])
    first.questions[0]?.answer({ ok: true, value: 'in time' })
    await settle()
    own.clock.advance(1_000)
    expect(first.questions[1]?.context.signal.aborted).toBe(true)
    own.clock.advance(0)

    await expect(outcomes).resolves.toMatchObject([{ value: 'in time' }, { value: 'too' }])
    expect(own.clock.timers()).toBe(0)
  })

  it('tells the last error when no source can answer', async () => {
    const outcomes = await fetchWith(
      firstOf(failing(new UnreachableError()), failing(new AccessDeniedError(), { name: 'last' })),
      [secret('a')],
    )
    expect(outcomes).toMatchObject([{ ok: false, error: { code: 'ACCESS_DENIED', source: 'last' } }])
  })

  it('tells what failed in the last source too, and when that one cannot pass its cache', async () => {
    const [unreachable, cached] = [
      failing(new UnreachableError()),
      failing(new NotFoundError(), { refreshable: false }),
    ]
    await expect(fetchWith(firstOf(unreachable, unreachable), [secret('a')])).resolves.toMatchObject([
      { ok: false, error: { code: 'UNREACHABLE' } },
    ])
    await expect(
      fetchWith(firstOf(unreachable, cached), [secret('a')], { fresh: true }),
    ).resolves.toMatchObject([
      { ok: false, error: { code: 'UNSUPPORTED', reason: 'it has a cache in between' } },
    ])
  })

  it('gives the last source all the time there is', async () => {
    const own = harness()
    const last = scriptedSource()
    const outcomes = fetchWith(firstOfWith(own.clock, [failing(new UnreachableError()), last]), [secret('a')])
    await settle()
    expect(own.clock.timers()).toBe(0)
    last.questions[0]?.answer({ ok: true, value: 'late' })
    await expect(outcomes).resolves.toMatchObject([{ value: 'late' }])
  })

  it('asks only a source that can for a tree', async () => {
    const first = failing(new NotFoundError(), {
      refusal: ({ kind }) => (kind === 'tree' ? new UnsupportedError() : undefined),
    })
    const parameters = memorySource({ parameters: { '/x/a': '1' } })
    const reader = createSecrets({
      source: firstOf(first, parameters),
      cache: harness().cache,
      parameters: { all: tree('/x') },
    })
    await expect(Promise.resolve(reader.read()).then(({ parameters: view }) => view.all)).resolves.toEqual({
      a: '1',
    })
  })

  it('refuses what none of its sources can do, as the last one says it', () => {
    const refusing = (remedy: string) =>
      failing(new NotFoundError(), { refusal: () => new UnsupportedError({ remedy }) })
    const make = (source: Source) => () =>
      createSecrets({ source, cache: harness().cache, parameters: { all: tree('/x') } })
    expect(make(firstOf(refusing('No.'), refusing('Nor I.'), refusing('Ask elsewhere.')))).toThrow(
      'Ask elsewhere.',
    )
    expect(make(firstOf(second, refusing('No.')))).not.toThrow()
  })

  it('asks only a source that can for a forced refresh', async () => {
    const { cache } = harness()
    const layer = memorySource({ secrets: { db: 'old' } })
    const direct = memorySource({ secrets: { db: 'new' } })
    const reader = createSecrets({
      source: firstOf({ ...layer, refreshable: false }, direct),
      cache,
      secrets: { db: 'db' },
    })
    const { secrets } = await reader.read()
    const run = async (value: string) => {
      if (value === 'old') throw new Error('denied')
      return value
    }

    expect([layer.calls(), direct.calls()]).toEqual([1, 0])
    await expect(retryOnRotation(secrets, 'db', run, { when: () => true })).resolves.toBe('new')
    expect([layer.calls(), direct.calls()]).toEqual([1, 1])
  })

  it('is named, told apart and described by its sources', () => {
    const first = failing(new NotFoundError(), {
      refreshable: false,
      duringInit: false,
      cachedFor: () => 300,
    })
    const both = firstOf(first, second)
    expect(both).toMatchObject({ name: 'firstOf(first, memory)', refreshable: true, duringInit: false })
    expect(both.identity).toBe(`firstOf(first, ${second.identity})`)
    expect(both.cachedFor?.(secret('a'))).toBe(300)
    expect(firstOf(second, first).duringInit).toBe(true)
    expect(firstOf(first, { ...first, name: 'other' }).refreshable).toBe(false)
  })

  it('warms up each of its sources that can', () => {
    const warmedUp: string[] = []
    const warm = (name: string) => failing(new NotFoundError(), { warmUp: () => void warmedUp.push(name) })
    firstOf(warm('a'), failing(new NotFoundError()), warm('b')).warmUp?.()
    expect(warmedUp).toEqual(['a', 'b'])
  })

  it('has no bound in an outage where one of its sources has none', () => {
    const cachedFor = (_: unknown, isOutage?: boolean) => (isOutage ? Number.POSITIVE_INFINITY : 60)
    const both = firstOf(failing(new NotFoundError(), { cachedFor }), second)
    expect([both.cachedFor?.(secret('a')), both.cachedFor?.(secret('a'), true)]).toEqual([
      60,
      Number.POSITIVE_INFINITY,
    ])
  })

  it('is refused with fewer than two sources', () => {
    expect(() => firstOf()).toThrow(
      'firstOf has fewer than two sources. Give two: firstOf(extension(), direct()).',
    )
    expect(() => firstOf(second)).toThrow('fewer than two')
  })
})
