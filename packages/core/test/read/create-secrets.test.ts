import { describe, expect, it } from '@jest/globals'
import {
  AccessDeniedError,
  binary,
  createSecrets,
  json,
  list,
  type Source,
  text,
  tree,
} from '@secrets-cache/core'
import { createReader, type DeclaredKey, isSameDeclaration } from '@secrets-cache/core/internal'
import { createCache, fakeClock, memorySource, scriptedSource } from '@secrets-cache/core/testing'
import { harness, readerOf, settle } from '../helpers.ts'

describe('read', () => {
  it('gives both views of what is declared, and the same ones while nothing changed', async () => {
    const { cache, clock } = harness()
    const source = memorySource({ secrets: { a: 'x' }, parameters: { '/h': ['1', '2'] } })
    const reader = createSecrets({ source, cache, secrets: { a: 'a' }, parameters: { hosts: list('/h') } })
    const first = await reader.read()

    expect([first.secrets.a, first.parameters.hosts]).toEqual(['x', ['1', '2']])
    expect(reader.read()).toBe(first)
    clock.advance(301_000)
    expect(await reader.read()).toBe(first)
    expect(source.calls()).toBe(2)
  })

  it('gives no view of what is not declared', async () => {
    const { reader } = readerOf({ secrets: { 'prod/db': 'one' } })
    expect(Object.keys(await reader.read())).toEqual(['secrets'])
  })

  it('gives a new view when the bytes changed, though they read the same', async () => {
    const { cache, clock } = harness()
    const source = memorySource({ secrets: { a: '1' } })
    const reader = createSecrets({ source, cache, secrets: { a: json('a') } })
    const { secrets: before } = await reader.read()
    source.set('secrets', 'a', '1.0')
    clock.advance(301_000)
    const { secrets: after } = await reader.read()

    expect([before.a, after.a]).toEqual([1, 1])
    expect(after).not.toBe(before)
  })

  it('gives a new view when one value changed, the others as they were', async () => {
    const { cache, clock } = harness()
    const source = memorySource({ secrets: { a: '{}', b: '{}' } })
    const reader = createSecrets({ source, cache, secrets: { a: json('a'), b: json('b') } })
    const { secrets: before } = await reader.read()
    source.set('secrets', 'a', '{"new":true}')
    clock.advance(301_000)
    const { secrets: after } = await reader.read()

    expect(after).not.toBe(before)
    expect(after.a).toEqual({ new: true })
    expect(after.b).toBe(before.b)
    expect(before.a).toEqual({})
  })

  it('names one failure by its error, several by one that has them all', async () => {
    const { reader } = readerOf({ secrets: { a: 'x' } }, { secrets: { one: 'gone' } })
    await expect(reader.read()).rejects.toMatchObject({
      code: 'NOT_FOUND',
      key: 'secrets.one',
      id: 'gone',
      source: 'memory',
    })
    const both = readerOf({}, { secrets: { one: 'gone', two: 'lost' } })
    await expect(both.reader.read()).rejects.toMatchObject({
      code: 'SEVERAL',
      errors: [{ key: 'secrets.one' }, { key: 'secrets.two' }],
    })
  })

  it('throws at once what it remembers, while the source is spared', async () => {
    const { reader, source, clock } = readerOf({})
    await expect(reader.read()).rejects.toMatchObject({ code: 'NOT_FOUND' })

    expect(() => reader.read()).toThrow('secrets.db ("prod/db"): not found')
    expect(source.calls()).toBe(1)
    clock.advance(500)
    await expect(reader.read()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(source.calls()).toBe(2)
  })

  it('keeps a missing value with a fallback for maxAge, without a call', async () => {
    const { reader, source, clock } = readerOf(
      {},
      { secrets: { db: text('prod/db', { fallback: 'none' }) } as never },
    )
    expect((await reader.read()).secrets['db']).toBe('none')
    const first = await reader.read()
    clock.advance(299_999)
    expect(await reader.read()).toBe(first)
    expect(source.calls()).toBe(1)
    clock.advance(1)
    expect(await reader.read()).toBe(first)

    source.set('secrets', 'prod/db', 'made')
    clock.advance(301_000)
    expect((await reader.read()).secrets['db']).toBe('made')
    source.set('secrets', 'prod/db', undefined as never)
    clock.advance(301_000)
    expect((await reader.read()).secrets['db']).toBe('none')
  })

  it('takes no fallback for a denial', async () => {
    const { cache } = harness()
    const source: Source = {
      name: 'own',
      identity: 'own',
      fetch: async () => [{ ok: false, error: new AccessDeniedError() }],
    }
    const reader = createSecrets({ source, cache, secrets: { a: text('a', { fallback: 'none' }) } })
    await expect(reader.read()).rejects.toMatchObject({ code: 'ACCESS_DENIED' })
  })

  it('serves the last value that it could read when a newer one is not as declared', async () => {
    const { cache, clock, events } = harness()
    const source = memorySource({ secrets: { a: '{"v":1}' } })
    const reader = createSecrets({
      source,
      cache,
      secrets: { a: json('a') },
      maxAge: 10,
      staleIfError: 100,
      onEvent: (event) => events.push(event),
    })
    await reader.read()
    source.set('secrets', 'a', 'not json')
    clock.advance(10_000)
    expect((await reader.read()).secrets.a).toEqual({ v: 1 })
    expect(events.slice(-2)).toMatchObject([
      { type: 'error', code: 'INVALID_JSON' },
      { type: 'stale', reason: 'unreadable' },
    ])

    clock.advance(99_999)
    expect((await reader.read()).secrets.a).toEqual({ v: 1 })
    clock.advance(1)
    expect(() => reader.read()).toThrow(expect.objectContaining({ code: 'INVALID_JSON', key: 'secrets.a' }))
  })

  it('reads what a slow schema made, once, and gives up on one that never ends', async () => {
    const { cache, clock } = harness()
    const gates: ((result: { value: unknown }) => void)[] = []
    const schema = {
      '~standard': { version: 1, vendor: 'slow', validate: () => new Promise((open) => gates.push(open)) },
    }
    const declared = json('a', schema as never)
    const source = memorySource({ secrets: { a: '1' } })
    const reader = createSecrets({ source, cache, secrets: { a: declared } })
    const first = reader.read()
    await settle()
    clock.advance(2_000)
    await expect(first).rejects.toMatchObject({ code: 'TIMEOUT' })

    const second = reader.read()
    gates[0]?.({ value: 'made' })
    await expect(Promise.resolve(second).then(({ secrets }) => secrets.a)).resolves.toBe('made')
    expect(reader.read()).not.toBeInstanceOf(Promise)
    expect([gates.length, source.calls()]).toEqual([1, 1])
  })

  it('tells a waiter whose time is over what the source was trying', async () => {
    const { cache, clock } = harness()
    const source = scriptedSource()
    const reader = createSecrets({ source, cache, prefetch: false, secrets: { a: 'a' } })
    const read = reader.read({ remainingMilliseconds: 1_100 })
    const [question] = source.questions
    question?.context.onRetry(question.reference, new AccessDeniedError({ remedy: 'Look there.' }))
    clock.advance(1_000)

    await expect(read).rejects.toThrow(
      'no answer in time: the last attempt said ACCESS_DENIED, from scripted. Look there.',
    )
  })

  it('uses the cache that all of the thread share, unless it is given one', async () => {
    const source = memorySource({ secrets: { a: 'x' } })
    const one = createSecrets({ source, secrets: { a: 'a' } })
    const other = createSecrets({ source, secrets: { b: 'a' } })
    await Promise.all([one.read(), other.read()])
    expect(source.calls()).toBe(1)
    await createSecrets({ source, cache: createCache(), secrets: { a: 'a' } }).read()
    expect(source.calls()).toBe(2)
    one.clear()
    await other.read()
    expect(source.calls()).toBe(3)
  })
})

describe('prefetch', () => {
  it('starts when the reader is made, and costs no second call', async () => {
    const { cache } = harness()
    const source = memorySource({ secrets: { a: 'x' } })
    const reader = createSecrets({ source, cache, secrets: { a: 'a' } })
    expect(source.calls()).toBe(1)
    await reader.read()
    expect(source.calls()).toBe(1)
  })

  it.each([
    ['where it is switched off', { prefetch: false }, {}],
    ['of a source that may not be called in INIT', {}, { duringInit: false }],
  ])('does not start %s', (_, options, overrides) => {
    const source = { ...memorySource({}), ...overrides }
    createSecrets({ source, cache: harness().cache, secrets: { a: 'a' }, ...options })
    expect(source.calls()).toBe(0)
  })

  it.each([
    ['warms up a source once', {}, 1],
    ['leaves a source cold where it is switched off', { prefetch: false }, 0],
  ])('%s', (_, options, times) => {
    let warmedUp = 0
    const source = { ...memorySource({}), duringInit: false, warmUp: () => void warmedUp++ }
    createSecrets({ source, cache: harness().cache, secrets: { a: 'a' }, ...options })
    expect(warmedUp).toBe(times)
  })

  it('lets the first read ask again when it failed', async () => {
    const { cache } = harness()
    const source = memorySource({})
    const reader = createSecrets({ source, cache, secrets: { a: 'a' } })
    await settle()
    source.set('secrets', 'a', 'x')

    expect((await reader.read()).secrets.a).toBe('x')
    expect(source.calls()).toBe(2)
  })
})

describe('peek', () => {
  it('gives what is fresh, and nothing where somebody would have to look', async () => {
    const { reader, clock } = readerOf({ secrets: { 'prod/db': 'x' } })
    expect(reader.peek()).toBeUndefined()
    const views = await reader.read()
    expect(reader.peek()).toBe(views)
    clock.advance(300_000)
    expect(reader.peek()).toBeUndefined()
    clock.step(-300_001)
    expect(reader.peek()).toBeUndefined()
  })
})

describe('get', () => {
  it('reads names known only at run time, of either service', async () => {
    const { cache } = harness()
    const source = memorySource({
      secrets: { 'tenant/1': '{"a":1}' },
      parameters: { '/p': 'text', '/l': ['x'], '/t/a': '1' },
    })
    const reader = createSecrets({ source, cache, secrets: { any: 'tenant/1' } })

    await expect(reader.get('tenant/1')).resolves.toBe('{"a":1}')
    await expect(reader.get(json<{ a: number }>('tenant/1'))).resolves.toEqual({ a: 1 })
    await expect(reader.get('/p', { from: 'parameters' })).resolves.toBe('text')
    await expect(reader.get(list('/l'))).resolves.toEqual(['x'])
    await expect(reader.get(tree('/t'))).resolves.toEqual({ a: '1' })
    expect(source.calls()).toBe(4)
  })

  it('keeps no more names than the cap where loads are dead and their source never heard the abort', async () => {
    const clock = fakeClock()
    const cache = createCache({ clock, limits: { dynamicEntries: 3 } })
    const silent = { ...memorySource({}), fetch: () => [new Promise<never>(() => {})] }
    const reader = createSecrets({ source: silent, cache, prefetch: false, secrets: { own: 'declared' } })
    for (let tenant = 0; tenant < 20; tenant++) {
      const got = reader.get(`tenant/${tenant}`)
      clock.advance(3_000)
      await expect(got).rejects.toMatchObject({ code: 'TIMEOUT' })
    }
    expect(cache.entries.size()).toBeLessThanOrEqual(3)
  })

  it('keeps the names used last, up to the cap, and never one that is being loaded', async () => {
    const cache = createCache({ clock: fakeClock(), limits: { dynamicEntries: 3 } })
    const source = memorySource({
      secrets: Object.fromEntries(['declared', 'a', 'b', 'c', 'd'].map((name) => [name, name])),
    })
    const reader = createSecrets({ source, cache, prefetch: false, secrets: { own: 'declared' } })
    await reader.read()
    for (const name of ['a', 'b', 'c', 'a', 'd']) await reader.get(name)
    expect(source.calls()).toBe(5)
    expect(cache.entries.size()).toBe(4)
    await Promise.all(['a', 'c', 'd', 'declared'].map((name) => reader.get(name)))
    expect(source.calls()).toBe(5)
    await reader.get('b')
    expect(source.calls()).toBe(6)
    await Promise.all(['a', 'b', 'c', 'd', 'declared'].map((name) => reader.get(name)))
    await Promise.all(['w', 'x', 'y', 'z'].map((name) => reader.get(name).catch(() => {})))
    expect(cache.entries.size()).toBeLessThanOrEqual(5)
  })

  it('refuses what can never be read', async () => {
    const { reader } = readerOf({})
    await expect(reader.get('')).rejects.toMatchObject({ code: 'CONFIGURATION' })
    await expect(reader.get(5 as never)).rejects.toThrow('secrets.get() is 5')
    await expect(reader.get(list('/x'), { from: 'secrets' })).rejects.toThrow('cannot be read from secrets')
    await expect(reader.get('x', { form: 'secrets' } as never)).rejects.toThrow(/get has no option "form"/)
    await expect(reader.get('x', { from: 'secret' } as never)).rejects.toThrow(
      "get: from is a string. Give 'secrets' or 'parameters'.",
    )
    await expect(reader.get(null as never)).rejects.toThrow('secrets.get() is null')
  })

  it('waits no longer than it may', async () => {
    const { cache, clock } = harness()
    const reader = createSecrets({ source: scriptedSource(), cache, prefetch: false, secrets: { a: 'a' } })
    const got = reader.get('b', { remainingMilliseconds: 150 })
    clock.advance(50)
    await expect(got).rejects.toMatchObject({ code: 'TIMEOUT', id: 'b' })
  })
})

describe('refresh', () => {
  it('loads a declared key anew whatever its age', async () => {
    const { reader, source } = readerOf({ secrets: { 'prod/db': 'one' } })
    await reader.read()
    source.set('secrets', 'prod/db', 'two')
    await reader.refresh('db')

    expect(await reader.read()).toMatchObject({ secrets: { db: 'two' } })
    expect(source.calls()).toBe(2)
  })

  it('loads a key that both views have for both', async () => {
    const { cache } = harness()
    const source = memorySource({ secrets: { a: 'one' }, parameters: { '/a': 'one' } })
    const reader = createSecrets({ source, cache, secrets: { a: 'a' }, parameters: { a: '/a' } })
    await reader.read()
    source.set('secrets', 'a', 'two')
    source.set('parameters', '/a', 'two')
    await reader.refresh('a')
    expect(await reader.read()).toMatchObject({ secrets: { a: 'two' }, parameters: { a: 'two' } })
  })

  it('tells what it could not', async () => {
    const { reader, source, clock } = readerOf({ secrets: { 'prod/db': 'one' } })
    await reader.read()
    source.set('secrets', 'prod/db', undefined as never)
    await expect(reader.refresh('db')).rejects.toMatchObject({ code: 'NOT_FOUND', key: 'secrets.db' })
    await expect(reader.refresh('dbx')).rejects.toThrow('refresh: "dbx" is not declared. Did you mean "db"?')
    const layer = readerOf({}, { source: { ...source, refreshable: false } })
    await expect(layer.reader.refresh('db')).rejects.toMatchObject({
      code: 'NOT_REFRESHABLE',
      key: 'db',
      source: 'memory',
    })
    const hanging = readerOf({}, { source: scriptedSource() })
    const refresh = hanging.reader.refresh('db')
    hanging.clock.advance(2_000)
    await expect(refresh).rejects.toMatchObject({ code: 'TIMEOUT', key: 'secrets.db' })
    expect(clock.timers()).toBe(0)
  })
})

describe('a value of a class of its own', () => {
  const standard = (validate: () => unknown) => ({
    '~standard': { version: 1, vendor: 'test', validate: () => ({ value: validate() }) },
  })

  it('is given as the schema made it', async () => {
    const made = Buffer.from('value')
    const secrets = { db: json('prod/db', standard(() => made) as never) }
    const { reader } = readerOf({ secrets: { 'prod/db': '1' } }, { secrets: secrets as never })
    expect((await reader.read()).secrets['db']).toBe(made)
    expect(await reader.get(secrets.db)).toBe(made)
  })

  it('is copied for each reader where it is the bytes of a secret or of a fallback', async () => {
    const fallback = Buffer.from('none')
    const secrets = { db: binary('prod/db'), gone: binary('gone', { fallback }) }
    const { reader } = readerOf(
      { secrets: { 'prod/db': new Uint8Array([1, 2]) } },
      { secrets: secrets as never },
    )
    const views = (await reader.read()) as unknown as { secrets: { db: Uint8Array; gone: Buffer } }
    views.secrets.db.fill(0)
    views.secrets.gone.fill(0)
    expect(views.secrets.db).toEqual(new Uint8Array([1, 2]))
    expect(views.secrets.gone.toString()).toBe('none')
    expect(fallback.toString()).toBe('none')
  })
})

describe('a fallback', () => {
  it('is a frozen copy: neither a handler nor its owner changes what others get', async () => {
    const fallback: { list: number[]; self?: unknown } = { list: [1] }
    fallback.self = fallback
    const { reader } = readerOf({}, { secrets: { db: json('gone', { fallback }) } as never })
    const { secrets } = (await reader.read()) as unknown as { secrets: { db: typeof fallback } }
    fallback.list.push(2)
    expect(() => secrets.db.list.push(3)).toThrow(TypeError)
    expect(secrets.db.list).toEqual([1])
    expect(secrets.db.self).toBe(secrets.db)
    expect(Object.isFrozen(fallback)).toBe(false)
  })
})

describe('createSecrets with nothing declared', () => {
  it('gives values by names known only at run time', async () => {
    const secrets = createSecrets({
      source: memorySource({ secrets: { tenant: 'x' } }),
      cache: createCache(),
    })
    expect(await secrets.get('tenant')).toBe('x')
    expect([await secrets.read(), secrets.describe()]).toEqual([{}, []])
  })

  it('is for createSecrets alone: a middleware without keys is a mistake', () => {
    expect(() => createReader('secretsCache', { source: memorySource({}) })).toThrow(
      "secretsCache: neither secrets nor parameters are declared. Declare what is needed: { secrets: { db: 'prod/orders/db' } }.",
    )
  })
})

describe('the time that is left', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'is ignored where it is %d',
    async (left) => {
      const { reader } = readerOf({ secrets: { 'prod/db': 'value' } })
      expect((await reader.read({ remainingMilliseconds: left })).secrets['db']).toBe('value')
    },
  )

  it.each([
    [0, 'the invocation has 0 ms left'],
    [-5, 'the invocation has 0 ms left'],
    [99.7, 'the invocation has 100 ms left'],
  ])('of %d ms is named where it is too short to ask', async (left, reason) => {
    const { reader, source } = readerOf({ secrets: { 'prod/db': 'value' } })
    await expect(Promise.resolve(reader.read({ remainingMilliseconds: left }))).rejects.toMatchObject({
      code: 'TIMEOUT',
      reason,
    })
    expect(source.calls()).toBe(0)
  })

  it('is not to blame where timeoutMilliseconds is 0', async () => {
    const { reader } = readerOf({ secrets: { 'prod/db': 'value' } }, { timeoutMilliseconds: 0 })
    await expect(Promise.resolve(reader.read())).rejects.toMatchObject({ reason: 'timeoutMilliseconds is 0' })
  })
})

describe('an error that is remembered', () => {
  it('says so, and when the source is asked again', async () => {
    const { reader, clock } = readerOf({}, { secrets: { db: 'gone' } })
    const read = async () => reader.read()
    await expect(read()).rejects.toMatchObject({ reason: undefined })
    clock.advance(50)
    const again = await read().catch((error) => error)
    expect(again.reason).toBe('remembered from the last attempt, asked again in 0.2 s')
  })
})

describe('isSameDeclaration', () => {
  it('tells what each key asks for, by view, and what is the same', () => {
    const { cache } = harness()
    const source = memorySource({})
    const schema = { '~standard': { version: 1, vendor: 'test', validate: () => ({ value: 1 }) } } as const
    const keysOf = (declared: object) =>
      createReader('test', { source, cache, prefetch: false, ...declared }).keys
    const all = keysOf({ secrets: { a: 'x', b: json('x') }, parameters: { c: '/x' } })
    expect(all.map(({ view, key }) => [view, key])).toEqual([
      ['secrets', 'a'],
      ['secrets', 'b'],
      ['parameters', 'c'],
    ])
    const keyOf = (declared: unknown) => keysOf({ secrets: { a: declared } })[0] as DeclaredKey
    const isSame = isSameDeclaration
    expect(isSame(all[0] as DeclaredKey, keyOf(text('x')))).toBe(true)
    for (const declared of [text('y'), json('x'), text('x', { stage: 'AWSPREVIOUS' })])
      expect(isSame(all[0] as DeclaredKey, keyOf(declared))).toBe(false)
    expect(isSame(keyOf(json('x')), keyOf(json('x', schema)))).toBe(false)
    expect(isSame(keyOf(json('x', schema)), keyOf(json('x', schema)))).toBe(true)
    const withFallback = (fallback: unknown) => keyOf(json('x', { fallback }))
    expect(isSame(withFallback({ a: 1 }), withFallback({ a: 1 }))).toBe(true)
    expect(isSame(withFallback({ a: 1 }), withFallback({ a: 2 }))).toBe(false)
    expect(isSame(withFallback('x'), keyOf(json('x')))).toBe(false)
  })
})

describe('describe', () => {
  it('tells sources, times and the worst age, and never a value', async () => {
    const { cache, clock } = harness()
    const source = { ...memorySource({ secrets: { a: 'canary' } }), cachedFor: () => 300 }
    const reader = createSecrets({
      source,
      cache,
      secrets: { a: text('a', { maxAge: 60, staleWhileRevalidate: 30 }) },
      parameters: { gone: text('/gone', { fallback: 'canary' }) },
    })
    await reader.read()
    clock.advance(5_000)

    expect(reader.describe()).toEqual([
      {
        key: 'secrets.a',
        kind: 'secret',
        id: 'a',
        source: 'memory',
        version: '1',
        state: 'fresh',
        ageSeconds: 5,
        maxAge: 60,
        cachedFor: 300,
        worstAge: 390,
        worstAgeInOutage: 3_960,
      },
      expect.objectContaining({ key: 'parameters.gone', ageSeconds: undefined, maxAge: 300, worstAge: 600 }),
    ])
    expect(JSON.stringify(reader.describe())).not.toContain('canary')
  })

  it('counts no cache in between for a source that has none', () => {
    const { reader } = readerOf({}, { maxAge: 60 })
    expect(reader.describe()).toMatchObject([
      { state: 'empty', cachedFor: 0, worstAge: 60, worstAgeInOutage: 3_660 },
    ])
  })
})

describe('memorySource', () => {
  it('has trees, near and deep', async () => {
    const { cache } = harness()
    const source = memorySource({ parameters: { '/a/b': '1', '/a/c/d': ['2'], '/ab': '3', '/a': '4' } })
    const reader = createSecrets({
      source,
      cache,
      parameters: {
        near: tree('/a'),
        deep: tree('/a', { recursive: true }),
        all: tree('/', { recursive: true }),
      },
    })
    const { parameters } = await reader.read()
    expect(parameters.near).toEqual({ b: '1' })
    expect(parameters.deep).toEqual({ b: '1', 'c/d': ['2'] })
    expect(parameters.all).toEqual({ 'a/b': '1', 'a/c/d': ['2'], ab: '3', a: '4' })
    await expect(reader.get(tree('/none'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
