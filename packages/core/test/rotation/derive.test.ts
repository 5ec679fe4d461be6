import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it, jest } from '@jest/globals'
import { derive, json, retryOnRotation, text, isMysqlAuthError as when } from '@secrets-cache/core'
import { activeLeasing, lendViews } from '@secrets-cache/core/internal'
import { leaseViews } from '../../src/rotation/leases.ts'
import { readerOf, settle } from '../helpers.ts'

describe('derive', () => {
  function pools() {
    const made: string[] = []
    const disposed: string[] = []
    const make = (value: string) => {
      made.push(value)
      return { value }
    }
    const dispose = (pool: { value: string }) => disposed.push(pool.value)
    return { made, disposed, make, dispose }
  }

  it('makes one thing per version, however often it is asked', async () => {
    const { reader, source } = readerOf({ secrets: { 'prod/db': 'one' } })
    const { made, disposed, make, dispose } = pools()
    const { secrets } = await reader.read()
    const first = derive(secrets, 'db', make, { dispose })
    await reader.refresh('db')
    expect(derive((await reader.read()).secrets, 'db', make, { dispose })).toBe(first)

    source.set('secrets', 'prod/db', 'two')
    await reader.refresh('db')
    const second = derive((await reader.read()).secrets, 'db', make, { dispose })
    await settle()
    expect(second).toEqual({ value: 'two' })
    expect([made, disposed]).toEqual([['one', 'two'], ['one']])
  })

  it('disposes of what is replaced once, however often something else is replaced after it', async () => {
    const { reader, source } = readerOf({ secrets: { 'prod/db': 'one' } })
    const { disposed, make, dispose } = pools()
    for (const password of ['one', 'two', 'three', 'four']) {
      source.set('secrets', 'prod/db', password)
      await reader.refresh('db')
      derive((await reader.read()).secrets, 'db', make, { dispose })
      await settle()
    }
    expect(disposed).toEqual(['one', 'two', 'three'])
  })

  it('keeps what is replaced until the last run that began with it has ended', async () => {
    const { reader, source } = readerOf({ secrets: { 'prod/db': 'one' } })
    const { disposed, make, dispose } = pools()
    const { secrets } = await reader.read()
    const running = Promise.withResolvers<void>()
    const run = retryOnRotation(
      secrets,
      'db',
      async (_, view) => {
        derive(view, 'db', make, { dispose })
        await running.promise
      },
      { when },
    )
    await settle()
    source.set('secrets', 'prod/db', 'two')
    await reader.refresh('db')
    derive((await reader.read()).secrets, 'db', make, { dispose })
    await settle()
    expect(disposed).toEqual([])

    running.resolve()
    await run
    await settle()
    expect(disposed).toEqual(['one'])
  })

  it('gives an invocation that still has the older version one of its own, and keeps the newer', async () => {
    const { reader, source } = readerOf({ secrets: { 'prod/db': 'one' } })
    const { made, disposed, make, dispose } = pools()
    const { secrets: older } = await reader.read()
    source.set('secrets', 'prod/db', 'two')
    await reader.refresh('db')
    const { secrets: newer } = await reader.read()
    const current = derive(newer, 'db', make, { dispose })
    await retryOnRotation(older, 'db', (_, view) => derive(view, 'db', make, { dispose }), { when })
    await settle()

    expect(derive(newer, 'db', make, { dispose })).toBe(current)
    expect([made, disposed]).toEqual([['two', 'one'], ['one']])
  })

  it('takes an asynchronous make once, and tries again when it failed', async () => {
    const { reader } = readerOf({ secrets: { 'prod/db': 'one' } })
    const { secrets } = await reader.read()
    let calls = 0
    const make = async (value: string) => {
      if (++calls === 1) throw new Error('refused')
      return value
    }
    const failing = [derive(secrets, 'db', make), derive(secrets, 'db', make)]
    expect(failing[0]).toBe(failing[1])
    await expect(failing[0]).rejects.toThrow('refused')

    await expect(derive(secrets, 'db', make)).resolves.toBe('one')
    expect(calls).toBe(2)
  })

  it('keeps nothing of an asynchronous make that failed for an older version, and disposes of nothing', async () => {
    const { reader, source } = readerOf({ secrets: { 'prod/db': 'one' } })
    const { secrets: older } = await reader.read()
    source.set('secrets', 'prod/db', 'two')
    await reader.refresh('db')
    const { secrets: newer } = await reader.read()
    const made: string[] = []
    const make = async (value: string) => {
      made.push(value)
      if (value === 'one') throw new Error('refused')
      return value
    }
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const current = derive(newer, 'db', make)
    await expect(derive(older, 'db', make)).rejects.toThrow('refused')
    await expect(derive(older, 'db', make)).rejects.toThrow('refused')
    leaseViews([older])()
    await settle()

    expect(derive(newer, 'db', make)).toBe(current)
    expect(made).toEqual(['two', 'one', 'one'])
    expect(warn).not.toHaveBeenCalled()
    warn.mockRestore()
  })

  it('makes something of a value that has been forgotten meanwhile, and of a fallback', async () => {
    const { reader } = readerOf(
      { secrets: {} },
      { secrets: { db: text('prod/db', { fallback: 'none' }) } as never },
    )
    const { secrets } = await reader.read()
    const { make } = pools()
    const first = derive(secrets, 'db', make)
    expect(first).toEqual({ value: 'none' })
    reader.clear()
    expect(derive(secrets, 'db', make)).toBe(first)

    const held = readerOf({ secrets: { 'prod/db': 'one' } }).reader
    const { secrets: view } = await held.read()
    held.clear()
    expect(derive(view, 'db', make)).toEqual({ value: 'one' })
  })

  it('keeps nothing of a make that throws', async () => {
    const { reader } = readerOf({ secrets: { 'prod/db': 'one' } })
    const { secrets } = await reader.read()
    let calls = 0
    const make = () => {
      if (++calls === 1) throw new Error('refused')
      return 'made'
    }
    expect(() => derive(secrets, 'db', make)).toThrow('refused')
    expect(derive(secrets, 'db', make)).toBe('made')
  })

  it('tells of a dispose that throws by a warning without its error', async () => {
    const { reader, source } = readerOf({ secrets: { 'prod/db': 'one' } })
    const { make } = pools()
    const dispose = () => Promise.reject(new Error('canary'))
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {})
    derive((await reader.read()).secrets, 'db', make, { dispose })
    source.set('secrets', 'prod/db', 'two')
    await reader.refresh('db')
    derive((await reader.read()).secrets, 'db', make, { dispose })

    await settle()

    expect(warn.mock.calls).toEqual([
      ['dispose threw; what was derived may not be closed', 'SecretsCacheWarning'],
    ])
    warn.mockRestore()
  })

  it('keeps what different functions make apart, and refuses one that is new each time', async () => {
    const { reader } = readerOf({ secrets: { 'prod/db': 'one' } })
    const { secrets } = await reader.read()
    const make = (index: number) => derive(secrets, 'db', () => index)
    expect(Array.from({ length: 16 }, (_, index) => make(index))).toEqual([...Array(16).keys()])

    expect(() => make(16)).toThrow(
      'derive was given 17 different functions for one secret. Declare the function outside',
    )
  })

  it('refuses what is no function, no option, no view', async () => {
    const { reader } = readerOf({ secrets: { 'prod/db': 'one' } })
    const { secrets } = await reader.read()
    expect(() => derive(secrets, 'db', 5 as never)).toThrow('derive: make is 5. Give a function.')
    expect(() => derive(secrets, 'db', () => 1, { disposed: 1 } as never)).toThrow(
      /derive has no option "disposed". Did you mean "dispose"\?/,
    )
    expect(() => derive({ db: 'one' }, 'db', () => 1)).toThrow(/no middleware made/)
  })
})

describe('derive of one secret that is declared in several ways', () => {
  it('makes one thing for each way to read it, with one maker', async () => {
    const { reader } = readerOf(
      { secrets: { 'prod/db': '{"user":"app"}' } },
      { secrets: { text: text('prod/db'), json: json('prod/db'), again: json('prod/db') } as never },
    )
    const { secrets } = await reader.read()
    const make = (value: unknown) => ({ value })
    const [asText, asJson, again] = ['text', 'json', 'again'].map((key) => derive(secrets, key, make))
    expect([asText, asJson]).toEqual([{ value: '{"user":"app"}' }, { value: { user: 'app' } }])
    expect(again).toBe(asJson)
    expect(derive(secrets, 'text', make)).toBe(asText)
  })

  it('keeps nothing of a promise of another realm or library that rejects', async () => {
    const { secrets } = await readerOf({ secrets: { 'prod/db': 'one' } }).reader.read()
    const promises = [
      runInNewContext('Promise.reject(1)'),
      Object.defineProperty({}, 'then', {
        value: (_: unknown, reject: (error: unknown) => void) => reject(1),
      }),
      Object.defineProperty({}, 'then', { value: () => Promise.reject(1) }),
      'works',
    ]
    const make = () => promises.shift()
    const first = derive(secrets, 'db', make)
    await settle()
    const second = derive(secrets, 'db', make)
    await settle()
    expect(second).not.toBe(first)
    expect(derive(secrets, 'db', make)).not.toBe(second)
    await settle()
    expect(derive(secrets, 'db', make)).toBe('works')
    await Promise.resolve(first).catch(() => {})
  })
})

describe('a view that was lent before anything was derived', () => {
  it('keeps what is derived from it until the last invocation has ended that got it', async () => {
    const { reader, source } = readerOf({ secrets: { 'prod/db': 'one' } })
    const disposed: unknown[] = []
    const make = (value: string) => value
    const options = { dispose: (value: unknown) => disposed.push(value) }
    const { secrets: view } = await reader.read()
    const borrow = lendViews([view])
    const ends = [borrow(), borrow()]
    derive(view, 'db', make, options)
    source.set('secrets', 'prod/db', 'two')
    await reader.refresh('db')
    derive((await reader.read()).secrets, 'db', make, options)
    for (const [index, end] of ends.entries()) {
      await settle()
      expect([index, disposed]).toEqual([index, []])
      end()
    }
    await settle()
    expect(disposed).toEqual(['one'])
  })

  it('keeps what is derived from it until nobody has it any more', async () => {
    const { reader, source } = readerOf({ secrets: { 'prod/db': 'one' } })
    const disposed: unknown[] = []
    const make = (value: string) => value
    const options = { dispose: (value: unknown) => disposed.push(value) }
    let { secrets: view } = (await reader.read()) as { secrets: { db: string } | undefined }
    lendViews([view as object])()
    derive(view as { db: string }, 'db', make, options)
    source.set('secrets', 'prod/db', 'two')
    await reader.refresh('db')
    const { secrets: newer } = (await reader.read()) as { secrets: { db: string } }
    derive(newer, 'db', make, options)
    await settle()
    expect(disposed).toEqual([])
    view = undefined
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc') as () => void
    while (disposed.length === 0) {
      collectGarbage()
      await settle()
    }
    expect(disposed).toEqual(['one'])
    expect(newer.db).toBe('two')
  })
})

describe('leaseViews', () => {
  it('has nothing to say of what is no view', () => {
    expect(leaseViews([{}])()).toBeUndefined()
  })

  it('ends once: what another invocation uses too stays in use', async () => {
    const { reader, source } = readerOf({ secrets: { 'prod/db': 'one' } })
    const { secrets } = await reader.read()
    const disposed: string[] = []
    const make = (value: string) => ({ value })
    const dispose = ({ value }: { value: string }) => disposed.push(value)
    const [first, second] = [leaseViews([secrets]), leaseViews([secrets])]
    derive(secrets, 'db', make, { dispose })
    source.set('secrets', 'prod/db', 'two')
    await reader.refresh('db')
    derive((await reader.read()).secrets, 'db', make, { dispose })
    first()
    first()
    await settle()
    expect(disposed).toEqual([])
    second()
    await settle()
    expect(disposed).toEqual(['one'])
  })
})

describe('activeLeasing', () => {
  // By this name another copy of the package finds the same leases.
  const shared = globalThis as { [leases: symbol]: unknown }
  const name = Symbol.for('@secrets-cache/core/leases/3')

  it('is true from the first thing that is derived on', async () => {
    const before = shared[name]
    shared[name] = undefined
    expect(activeLeasing()).toBeUndefined()
    const { secrets } = await readerOf({ secrets: { 'prod/db': 'one' } }).reader.read()
    derive(secrets, 'db', () => 1)
    expect(activeLeasing()).toBeDefined()
    shared[name] = before
  })
})
