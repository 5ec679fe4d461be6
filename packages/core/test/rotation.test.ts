import { describe, expect, it, jest } from '@jest/globals'
import {
  createSecrets,
  derive,
  isHttpAuthError,
  isMysqlAuthError,
  isPostgresAuthError,
  json,
  leaseViews,
  mergeViews,
  retryOnRotation,
  text,
} from '@secrets-cache/core'
import { memorySource } from '@secrets-cache/core/testing'
import { harness, readerOf, settle } from './helpers.ts'

const denied = Object.assign(new Error('denied'), { errno: 1045 })
const when = isMysqlAuthError

/** A database that accepts one password at a time. */
function database(password: string) {
  const state = { password, logins: 0 }
  const login = async (given: string) => {
    state.logins++
    if (given !== state.password) throw denied
    return 'in'
  }
  return { state, login }
}

async function rotating() {
  const used = readerOf({ secrets: { 'prod/db': 'one' } })
  const { secrets } = await used.reader.read()
  const db = database('one')
  const rotate = (password: string) => {
    db.state.password = password
    used.source.set('secrets', 'prod/db', password)
  }
  return { ...used, secrets, db, rotate }
}

describe('retryOnRotation', () => {
  it('runs once, and asks nobody, while the secret works', async () => {
    const { secrets, db, source } = await rotating()
    await expect(retryOnRotation(secrets, 'db', db.login, { when })).resolves.toBe('in')
    expect([db.state.logins, source.calls()]).toEqual([1, 1])
  })

  it('fetches the newer version when the older is refused, and runs once more', async () => {
    const { secrets, db, source, rotate, reader } = await rotating()
    rotate('two')

    await expect(retryOnRotation(secrets, 'db', db.login, { when })).resolves.toBe('in')
    expect([db.state.logins, source.calls()]).toEqual([2, 2])
    expect((await reader.read()).secrets['db']).toBe('two')
    expect(source.calls()).toBe(2)
  })

  it('waits out the gap of a rotation in which the old password is dead and the new one not stored', async () => {
    const { secrets, db, rotate, clock } = await rotating()
    db.state.password = 'two'
    const result = retryOnRotation(secrets, 'db', db.login, { when })
    await settle()
    rotate('two')
    clock.advance(1_000)

    await expect(result).resolves.toBe('in')
  })

  it('goes on to the next version where the newer one was rotated away before it was used', async () => {
    const { secrets, db, rotate, clock } = await rotating()
    rotate('two')
    let isRotatedAgain = false
    const login = (given: string) => {
      if (given === 'two' && !isRotatedAgain) {
        isRotatedAgain = true
        rotate('three')
      }
      return db.login(given)
    }
    const result = retryOnRotation(secrets, 'db', login, { when })
    await settle()
    clock.advance(1_000)

    await expect(result).resolves.toBe('in')
    expect(db.state.logins).toBe(3)
  })

  it('ends where every version is refused', async () => {
    const { secrets, source, clock } = await rotating()
    let runs = 0
    const refuse = async () => {
      source.set('secrets', 'prod/db', `version ${++runs}`)
      throw denied
    }
    const refused = expect(retryOnRotation(secrets, 'db', refuse, { when })).rejects.toBe(denied)
    for (let second = 0; second < 10; second++) {
      clock.advance(1_000)
      await settle()
    }

    await refused
    expect([runs, clock.timers()]).toEqual([9, 0])
  })

  it('does not wait where the invocation has no time left for it', async () => {
    const { secrets, db, clock, source } = await rotating()
    db.state.password = 'two'
    for (const remaining of [900, 1_000]) {
      const remainingMilliseconds = () => remaining
      await expect(retryOnRotation(secrets, 'db', db.login, { when, remainingMilliseconds })).rejects.toBe(
        denied,
      )
    }
    expect([clock.timers(), source.calls()]).toEqual([0, 2])
  })

  it('does not try a version again that was refused before', async () => {
    const { secrets, db, rotate } = await rotating()
    rotate('two')
    await retryOnRotation(secrets, 'db', db.login, { when })
    db.state.logins = 0

    await expect(retryOnRotation(secrets, 'db', db.login, { when })).resolves.toBe('in')
    expect(db.state.logins).toBe(1)
  })

  it('trusts a version again that works after all', async () => {
    const { secrets, db, clock, source } = await rotating()
    db.state.password = 'down'
    const remainingMilliseconds = () => 500
    await expect(retryOnRotation(secrets, 'db', db.login, { when, remainingMilliseconds })).rejects.toBe(
      denied,
    )
    db.state.password = 'one'
    clock.advance(2_000)
    await expect(retryOnRotation(secrets, 'db', db.login, { when })).resolves.toBe('in')
    const calls = source.calls()
    clock.advance(2_000)
    await retryOnRotation(secrets, 'db', db.login, { when })

    expect(source.calls()).toBe(calls)
  })

  it('passes on any other error, and asks nobody', async () => {
    const { secrets, source } = await rotating()
    const other = new Error('syntax')
    await expect(retryOnRotation(secrets, 'db', () => Promise.reject(other), { when })).rejects.toBe(other)
    expect(source.calls()).toBe(1)
  })

  it('throws the original error when the newer version cannot be fetched', async () => {
    const { secrets, db, source } = await rotating()
    db.state.password = 'two'
    source.set('secrets', 'prod/db', undefined as never)
    await expect(retryOnRotation(secrets, 'db', db.login, { when })).rejects.toBe(denied)
  })

  it('throws the original error when the newer version cannot be read as declared', async () => {
    const { clock, cache } = harness()
    const source = memorySource({ secrets: { 'prod/db': '{"password":"one"}' } })
    const reader = createSecrets({ source, cache, secrets: { db: json<{ password: string }>('prod/db') } })
    const { secrets } = await reader.read()
    source.set('secrets', 'prod/db', 'not json')

    await expect(retryOnRotation(secrets, 'db', () => Promise.reject(denied), { when })).rejects.toBe(denied)
    expect(clock.timers()).toBe(0)
  })

  it('does not wait for ever for a source that hangs', async () => {
    const { clock, cache } = harness()
    const memory = memorySource({ secrets: { 'prod/db': 'one' } })
    let isHanging = false
    const fetch: typeof memory.fetch = (asked, context) =>
      isHanging ? new Promise<never>(() => {}) : memory.fetch(asked, context)
    const reader = createSecrets({ source: { ...memory, fetch }, cache, secrets: { db: 'prod/db' } })
    const { secrets } = await reader.read()
    isHanging = true
    const result = retryOnRotation(secrets, 'db', () => Promise.reject(denied), { when })
    await settle()
    clock.advance(2_000)

    await expect(result).rejects.toBe(denied)
  })

  it('refuses a view whose source has a cache in between, before it runs anything', async () => {
    const { cache } = harness()
    const source = { ...memorySource({ secrets: { 'prod/db': 'one' } }), refreshable: false }
    const { secrets } = await createSecrets({ source, cache, secrets: { db: 'prod/db' } }).read()
    const run = () => Promise.reject(new Error('ran'))

    await expect(retryOnRotation(secrets, 'db', run, { when })).rejects.toMatchObject({
      code: 'NOT_REFRESHABLE',
      message:
        'secrets.db ("prod/db"): cannot be refreshed past a cache in between, from memory. Use source: firstOf(extension(), sdk()), or sdk().',
    })
  })

  it.each([
    ['a spread', (view: object) => ({ ...view }), 'it is an object that no middleware made'],
    ['a plain object', () => ({ db: 'one' }), 'it is an object that no middleware made'],
    ['nothing', () => undefined as never, 'it is undefined that no middleware made'],
  ])('refuses %s', async (_, foreign, message) => {
    const { secrets, db } = await rotating()
    const view = foreign(secrets) as typeof secrets
    await expect(retryOnRotation(view, 'db', db.login, { when })).rejects.toThrow(message)
    expect(db.state.logins).toBe(0)
  })

  it('refuses a key that the view does not have', async () => {
    const { secrets } = await rotating()
    await expect(retryOnRotation(secrets, 'nothing', () => 1, { when })).rejects.toMatchObject({
      code: 'FOREIGN_VIEW',
      message: expect.stringContaining('Secrets has no key "nothing"'),
    })
  })

  it('refuses options that it does not have', async () => {
    const { secrets } = await rotating()
    const wrong = (options: object) => retryOnRotation(secrets, 'db', () => 1, options as never)
    await expect(wrong({ whem: when })).rejects.toThrow(/retryOnRotation.*Did you mean "when"\?/)
    await expect(wrong({})).rejects.toThrow(
      'retryOnRotation: when is undefined. Give a function that tells an authentication error: isMysqlAuthError',
    )
  })

  it('gives the run a view with the newer value, the other keys as they were', async () => {
    const { cache } = harness()
    const source = memorySource({ secrets: { a: 'one', b: 'other' } })
    const { secrets } = await createSecrets({ source, cache, secrets: { a: 'a', b: 'b' } }).read()
    source.set('secrets', 'a', 'two')
    const seen: string[][] = []
    const run = (value: string, view: typeof secrets) => {
      seen.push([value, view.a, view.b])
      if (value === 'one') throw denied
    }
    await retryOnRotation(secrets, 'a', run, { when })

    expect(seen).toEqual([
      ['one', 'one', 'other'],
      ['two', 'two', 'other'],
    ])
    expect(secrets.a).toBe('one')
  })

  it('works on a merged view', async () => {
    const { cache } = harness()
    const source = memorySource({ secrets: { a: 'one', b: 'other' } })
    const one = await createSecrets({ source, cache, secrets: { a: 'a' } }).read()
    const two = await createSecrets({ source, cache, secrets: { b: 'b' } }).read()
    const merged = mergeViews(one.secrets, two.secrets) as { a: string; b: string }
    source.set('secrets', 'b', 'newer')
    const run = (value: string) => (value === 'other' ? Promise.reject(denied) : value)

    await expect(retryOnRotation(merged, 'b', run, { when })).resolves.toBe('newer')
  })

  it('has nothing newer for a fallback', async () => {
    const { cache, clock } = harness()
    const source = memorySource({})
    const { secrets } = await createSecrets({
      source,
      cache,
      secrets: { a: text('a', { fallback: 'none' }) },
    }).read()
    const result = retryOnRotation(secrets, 'a', () => Promise.reject(denied), { when })
    await settle()
    clock.advance(1_000)

    await expect(result).rejects.toBe(denied)
  })
})

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
    expect(() => derive(secrets, 'db', 5 as never)).toThrow('derive: make is 5')
    expect(() => derive(secrets, 'db', () => 1, { disposed: 1 } as never)).toThrow('Did you mean "dispose"?')
    expect(() => derive({ db: 'one' }, 'db', () => 1)).toThrow(/no middleware made/)
  })
})

describe('leaseViews', () => {
  it('has nothing to say of what is no view, and ends once', () => {
    const release = leaseViews([{}])
    expect([release(), release()]).toEqual([undefined, undefined])
  })
})

describe('the ready-made whens', () => {
  it.each([
    [isMysqlAuthError, { errno: 1045 }, true],
    [isMysqlAuthError, { code: 'ER_ACCESS_DENIED_ERROR' }, true],
    [isMysqlAuthError, { errno: 1064, code: 'ER_PARSE_ERROR' }, false],
    [isPostgresAuthError, { code: '28P01' }, true],
    [isPostgresAuthError, { code: '28000' }, true],
    [isPostgresAuthError, { code: '42601' }, false],
    [isHttpAuthError, { status: 401 }, true],
    [isHttpAuthError, { statusCode: 401 }, true],
    [isHttpAuthError, { response: { status: 401 } }, true],
    [isHttpAuthError, { response: null, status: 403 }, false],
    [isHttpAuthError, undefined, false],
    [isMysqlAuthError, 'text', false],
    [isPostgresAuthError, null, false],
  ])('%p of %p is %p', (predicate, error, expected) => {
    expect(predicate(error)).toBe(expected)
  })
})
