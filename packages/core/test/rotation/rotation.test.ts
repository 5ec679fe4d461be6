import { describe, expect, it, jest } from '@jest/globals'
import {
  createSecrets,
  derive,
  isHttpAuthError,
  isMysqlAuthError,
  isPostgresAuthError,
  json,
  NotFoundError,
  retryOnRotation,
  text,
} from '@secrets-cache/core'
import { mergeViews } from '@secrets-cache/core/internal'
import { createCache, fakeClock, memorySource, scriptedSource } from '@secrets-cache/core/testing'
import { harness, readerOf, settle } from '../helpers.ts'

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

  it('does not wait for ever where the invocation ends before the middleware would give up', async () => {
    const { secrets, clock, source } = await rotating()
    jest.spyOn(source, 'fetch').mockReturnValue(new Promise(() => {}))
    const result = retryOnRotation(secrets, 'db', () => Promise.reject(denied), {
      when,
      remainingMilliseconds: () => 1_000,
    })
    let isOver = false
    const over = result.catch(() => {
      isOver = true
    })
    await settle()
    clock.advance(899)
    await settle()
    expect(isOver).toBe(false)
    clock.advance(1)
    await over
    expect(isOver).toBe(true)
  })

  it('waits up to half as long again, by chance, so that it does not meet each gap in step', async () => {
    const clock = fakeClock()
    const cache = createCache({ clock, random: () => 0.5 })
    const { reader, source } = readerOf({ secrets: { 'prod/db': 'one' } }, { cache })
    const { secrets } = await reader.read()
    const run = (value: string) => (value === 'one' ? Promise.reject(denied) : value)
    const result = retryOnRotation(secrets, 'db', run, { when })
    await settle()
    source.set('secrets', 'prod/db', 'two')
    clock.advance(1_249)
    await settle()
    expect(source.calls()).toBe(2)
    clock.advance(1)

    await expect(result).resolves.toBe('two')
  })

  it('refuses a view whose source has a cache in between, before it runs anything', async () => {
    const { cache } = harness()
    const source = { ...memorySource({ secrets: { 'prod/db': 'one' } }), refreshable: false }
    const { secrets } = await createSecrets({ source, cache, secrets: { db: 'prod/db' } }).read()
    const run = () => Promise.reject(new Error('ran'))

    await expect(retryOnRotation(secrets, 'db', run, { when })).rejects.toMatchObject({
      code: 'NOT_REFRESHABLE',
      message:
        'secrets.db ("prod/db"): cannot be refreshed past a cache in between, from memory. Use source: firstOf(extension(), direct()), direct() or sdk().',
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
    const shout = (value: string) => value.toUpperCase()
    const run = (value: string, view: typeof secrets) => {
      seen.push([value, view.a, view.b, derive(view, 'b', shout)])
      if (value === 'one') throw denied
    }
    await retryOnRotation(secrets, 'a', run, { when })

    expect(seen).toEqual([
      ['one', 'one', 'other', 'OTHER'],
      ['two', 'two', 'other', 'OTHER'],
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

  it('tries a fallback although the value before it was refused', async () => {
    const { clock, cache } = harness()
    const source = memorySource({ secrets: { a: 'one' } })
    const reader = createSecrets({ source, cache, secrets: { a: text('a', { fallback: 'none' }) } })
    const { secrets } = await reader.read()
    const refused = retryOnRotation(secrets, 'a', () => Promise.reject(denied), { when })
    await settle()
    clock.advance(1_000)
    await expect(refused).rejects.toBe(denied)
    jest.spyOn(source, 'fetch').mockResolvedValue([{ ok: false, error: new NotFoundError() }])
    clock.advance(301_000)
    const { secrets: later } = await reader.read()

    await expect(retryOnRotation(later, 'a', (value) => value, { when })).resolves.toBe('none')
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

describe('retryOnRotation against time', () => {
  async function hanging() {
    const source = scriptedSource()
    const used = readerOf({}, { source: source as never })
    const read = Promise.resolve(used.reader.read())
    source.questions[0]?.answer({ ok: true, value: 'one' })
    const { secrets } = await read
    return { ...used, source, secrets }
  }

  it('starts no load again that nobody waits for any more', async () => {
    const { secrets, source, clock } = await hanging()
    const retried = retryOnRotation(secrets, 'db', () => Promise.reject(denied), { when }).catch(
      (error) => error,
    )
    await settle()
    expect(source.calls).toHaveLength(2)
    clock.advance(2_000)
    expect(await retried).toBe(denied)
    for (let round = 0; round < 20; round++) {
      clock.advance(30_000)
      await settle()
    }
    expect(source.calls).toHaveLength(2)
    expect(clock.timers()).toBe(0)
  })

  it.each([40, 0, -1])('gives up at once, without a timer, where %d ms are left', async (left) => {
    const { secrets, source, clock } = await hanging()
    const options = { when, remainingMilliseconds: () => left }
    await expect(retryOnRotation(secrets, 'db', () => Promise.reject(denied), options)).rejects.toBe(denied)
    expect([source.calls.length, clock.timers()]).toEqual([1, 0])
  })

  it('takes a remaining time that is no number for none that is known', async () => {
    const { secrets, source } = await hanging()
    const options = { when, remainingMilliseconds: () => Number.NaN }
    const run = (value: string) => (value === 'two' ? 'in' : Promise.reject(denied))
    const retried = retryOnRotation(secrets, 'db', run, options)
    await settle()
    source.questions[1]?.answer({ ok: true, value: 'two' })
    await expect(retried).resolves.toBe('in')
  })
})

describe('two middlewares that declare one key with different times', () => {
  it('give its value and its handle together: the first login after a rotation works', async () => {
    const { cache, clock } = harness()
    const source = memorySource({ secrets: { 'prod/db': 'one' } })
    const declare = (maxAge: number) =>
      createSecrets({ source, cache, prefetch: false, secrets: { db: text('prod/db', { maxAge }) } })
    const [long, short] = [declare(300), declare(60)]
    const viewNow = async () =>
      mergeViews((await long.read()).secrets, (await short.read()).secrets) as { db: string }
    await viewNow()
    source.set('secrets', 'prod/db', 'two')
    clock.advance(61_000)
    const { login } = database('two')
    const view = await viewNow()
    expect(await retryOnRotation(view, 'db', login, { when })).toBe('in')
    const make = (value: string) => ({ value })
    source.set('secrets', 'prod/db', 'three')
    const { login: newest } = database('three')
    const run = (_: string, now: { db: string }) => newest(derive(now, 'db', make).value)
    expect(await retryOnRotation(view, 'db', run, { when })).toBe('in')
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
