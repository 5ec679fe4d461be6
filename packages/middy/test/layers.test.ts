import { inspect } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import middy from '@middy/core'
import httpRouter from '@middy/http-router'
import { memorySource } from '@secrets-cache/core/testing'
import { json, parametersCache, retryOnRotation, secretsCache, text } from '@secrets-cache/middy'
import type { Context } from 'aws-lambda'
import { ownCache } from './helpers/invoke.ts'

interface Seen {
  readonly secrets?: Readonly<Record<string, unknown>>
  readonly parameters?: Readonly<Record<string, unknown>>
}

/** A context of Lambda's shape, as far as it is looked at. */
const newContext = (more: object = {}) =>
  ({ awsRequestId: '1', ...more }) as Context & {
    secrets: Record<string, string>
    parameters: Record<string, string>
  }

function account() {
  const source = memorySource({
    secrets: { 'prod/jwt': 'jwt 1', 'prod/db': 'db 1', 'prod/mail': 'mail 1' },
    parameters: { '/flags': 'flags 1' },
  })
  const { cache, clock } = ownCache()
  const secrets = (declared: Record<string, string>, maxAge = 300) =>
    secretsCache({ secrets: declared, source, cache, maxAge, prefetch: false })
  const parameters = (declared: Record<string, string>) =>
    parametersCache({ parameters: declared, source, cache })
  return { source, cache, clock, secrets, parameters }
}

const event = { version: '2.0', requestContext: { http: { method: 'GET', path: '/orders' } } } as never
const routed = (handler: unknown) =>
  httpRouter([{ method: 'GET', path: '/orders', handler }] as never) as unknown as (
    event: unknown,
    context: Context,
  ) => Promise<unknown>

describe('a route with middlewares of its own, inside a router with others', () => {
  it('sees the secrets of both, and the router its own again afterwards', async () => {
    const { secrets, parameters } = account()
    const seen: unknown[] = []
    const look = ({ context }: { context: Seen }) => {
      seen.push([context.secrets?.['jwt'], context.secrets?.['db'], context.parameters?.['flags']])
    }
    const route = middy()
      .use(secrets({ db: 'prod/db' }))
      .use(parameters({ flags: '/flags' }))
      .handler(async (_event, context) => {
        look({ context })
        return 'routed'
      })
    const handler = middy(routed(route))
      .use(secrets({ jwt: 'prod/jwt' }))
      .before(look)
      .after(look)
    const context = newContext()
    await expect(handler(event, context)).resolves.toBe('routed')

    const [own, both] = [
      ['jwt 1', undefined, undefined],
      ['jwt 1', 'db 1', 'flags 1'],
    ]
    expect(seen).toEqual([own, both, own])
    expect('parameters' in context).toBe(false)
    await handler(event, context)
    expect(seen.slice(3)).toEqual([own, both, own])
  })

  it('may itself be a router: three requests with one context', async () => {
    const { secrets } = account()
    const seen: unknown[] = []
    const names = ['jwt', 'db', 'mail']
    const look = ({ context }: { context: Seen }) => {
      seen.push(names.filter((name) => context.secrets?.[name] === `${name} 1`))
    }
    const inner = middy()
      .use(secrets({ mail: 'prod/mail' }))
      .handler(async (_event, context) => look({ context }))
    const between = middy(routed(inner))
      .use(secrets({ db: 'prod/db' }))
      .after(look)
    const handler = middy(routed(between))
      .use(secrets({ jwt: 'prod/jwt' }))
      .after(look)
    for (const context of [newContext(), newContext()]) await handler(event, context)
    expect(seen).toEqual([names, ['jwt', 'db'], ['jwt'], names, ['jwt', 'db'], ['jwt']])
  })

  it('is refused where one key means two things, whichever of them was loaded first', async () => {
    const { secrets, source } = account()
    const route = middy()
      .use(secrets({ one: 'prod/db' }))
      .handler(async () => 'never')
    const handler = middy(routed(route)).use(secrets({ one: 'prod/jwt' }))
    const refusal = {
      code: 'CONFIGURATION',
      key: 'secrets.one',
      reason: 'two middlewares of one handler declare it differently',
    }
    await expect(handler(event, newContext())).rejects.toMatchObject(refusal)
    expect(source.calls()).toBe(1)
    // By itself the route works, and then its values are there.
    await expect(route(event, newContext() as never)).resolves.toBe('never')
    await expect(handler(event, newContext())).rejects.toMatchObject(refusal)
  })

  it.each(['throws', 'cannot load', 'answers early'])(
    'leaves the router its own where it %s',
    async (what) => {
      const { secrets } = account()
      const seen: unknown[] = []
      const route = middy()
        .use(secrets({ db: what === 'cannot load' ? 'prod/gone' : 'prod/db' }))
        .before(() => (what === 'answers early' ? 'early' : undefined))
        .handler(async () => {
          throw new Error('failed')
        })
      const look = ({ context }: { context: Seen }) => {
        seen.push(context.secrets?.['jwt'])
      }
      const handler = middy(routed(route))
        .use(secrets({ jwt: 'prod/jwt' }))
        .after(look)
        .onError(look)
      const context = newContext()
      await handler(event, context).catch(() => {})
      await handler(event, context).catch(() => {})
      expect(seen).toEqual(['jwt 1', 'jwt 1'])
      if (what !== 'answers early') expect('db' in (context.secrets ?? {})).toBe(false)
    },
  )

  it('finds back to what was read: retryOnRotation works on keys of both', async () => {
    const { secrets, source } = account()
    const route = middy()
      .use(secrets({ db: 'prod/db' }))
      .handler(async (_event, context) => {
        const tried: unknown[] = []
        for (const key of ['jwt', 'db']) {
          source.set('secrets', `prod/${key}`, `${key} 2`)
          const run = async (value: unknown) => {
            tried.push(value)
            if (value === `${key} 1`) throw new Error('rotated')
          }
          await retryOnRotation(context.secrets as Record<string, unknown>, key, run, { when: () => true })
        }
        return tried
      })
    const handler = middy(routed(route)).use(secrets({ jwt: 'prod/jwt' }))
    await expect(handler(event, newContext())).resolves.toEqual(['jwt 1', 'jwt 2', 'db 1', 'db 2'])
  })

  it('works with a copy of the context too', async () => {
    const { secrets } = account()
    const route = middy()
      .use(secrets({ db: 'prod/db' }))
      .handler(async (_event, { secrets: view }) => [view['db'], (view as Record<string, unknown>)['jwt']])
    const handler = middy(async (given: unknown, context: Context) =>
      route(given, { ...context } as never),
    ).use(secrets({ jwt: 'prod/jwt' }))
    await expect(handler(event, newContext())).resolves.toEqual(['db 1', 'jwt 1'])
  })

  it('shows nothing of a request on the context', async () => {
    const { secrets } = account()
    const handler = middy()
      .use(secrets({ jwt: 'prod/jwt' }))
      .handler(async (_event, context) => {
        const printed = inspect(context, { depth: 9, showHidden: true, getters: true })
        return `${printed}${JSON.stringify(context)}`
      })
    const answer = await handler({ canary: 'of the event' }, newContext())
    expect(answer).not.toContain('of the event')
    expect(answer).not.toContain('jwt 1')
  })
})

describe('a context that several requests share', () => {
  it('serves invocations side by side, each of which ends in its own time', async () => {
    const { secrets } = account()
    const gates = new Map<string, () => void>()
    const made = (key: string) =>
      middy<string>()
        .use(secrets({ [key]: `prod/${key}` }))
        .handler(async (name, context) => {
          await new Promise<void>((open) => gates.set(name, open))
          return context.secrets[key]
        })
    const [db, mail] = [made('db'), made('mail')]
    for (const order of ['abc', 'acb', 'bac', 'bca', 'cab', 'cba']) {
      const context = newContext() as never
      const answers = [db('a', context), mail('b', context), db('c', context)]
      while (gates.size < 3) await new Promise(setImmediate)
      for (const name of order) {
        gates.get(name)?.()
        await answers['abc'.indexOf(name)]
      }
      gates.clear()
      expect(await Promise.all(answers)).toEqual(['db 1', 'mail 1', 'db 1'])
      const later = db('d', context)
      while (gates.size < 1) await new Promise(setImmediate)
      gates.get('d')?.()
      gates.clear()
      expect(await later).toBe('db 1')
    }
  })

  it('gives the next one newer values, whatever became of those before', async () => {
    const { secrets, source, clock } = account()
    const context = newContext() as never
    const early = middy()
      .use(secrets({ one: 'prod/jwt' }))
      .before(() => 'early')
      .handler(async () => 'never')
    await expect(early({}, context)).resolves.toBe('early')
    const other = middy()
      .use(secrets({ one: 'prod/db' }))
      .handler(async (_event, { secrets: view }) => view['one'])
    await expect(other({}, context)).resolves.toBe('db 1')

    const hanging = middy()
      .use(secrets({ one: 'prod/db' }))
      .handler(() => new Promise(() => {}))
    void hanging({}, context)
    source.set('secrets', 'prod/db', 'db 2')
    clock.step(301_000)
    await expect(other({}, context)).resolves.toBe('db 2')
  })
})

describe('a context of an unusual kind', () => {
  const kinds: Record<string, (context: object) => object> = {
    frozen: Object.freeze,
    sealed: Object.seal,
    'not extensible': Object.preventExtensions,
    'of a class, frozen': () => {
      class Told {
        readonly awsRequestId = '1'
        getRemainingTimeInMillis() {
          return 30_000
        }
      }
      return Object.freeze(new Told())
    },
  }
  it.each(Object.entries(kinds))('works where it is %s', async (_, make) => {
    const { secrets, parameters } = account()
    const route = middy()
      .use(secrets({ db: 'prod/db' }))
      .use(parameters({ flags: '/flags' }))
      .handler(async (_event, context) => ({
        all: [(context.secrets as Seen)['jwt' as never], context.secrets['db'], context.parameters['flags']],
        id: context.awsRequestId,
        time: context.getRemainingTimeInMillis?.() ?? 30_000,
      }))
    const handler = middy(routed(route)).use(secrets({ jwt: 'prod/jwt' }))
    const expected = { all: ['jwt 1', 'db 1', 'flags 1'], id: '1', time: 30_000 }
    for (let times = 0; times < 2; times++)
      await expect(handler(event, make(newContext()) as never)).resolves.toEqual(expected)
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('Function not implemented.')
      },
    ],
    ['gives NaN', () => Number.NaN],
    ['gives Infinity', () => Number.POSITIVE_INFINITY],
    ['gives a text', () => '3000'],
    ['gives 10^10', () => 1e10],
    ['is a number', 3_000],
    ['is null', null],
  ])('works where getRemainingTimeInMillis %s', async (_, getRemainingTimeInMillis) => {
    const { secrets } = account()
    const { before } = secrets({ db: 'prod/db' })
    const context = newContext({ getRemainingTimeInMillis })
    await before?.({ context } as never)
    expect(context.secrets?.['db']).toBe('db 1')
  })

  it('says so where there are 0 ms left', async () => {
    const { secrets } = account()
    const { before } = secrets({ db: 'prod/db' })
    const request = { context: newContext({ getRemainingTimeInMillis: () => 0 }) }
    await expect((async () => before?.(request as never))()).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('the invocation has 0 ms left'),
    })
  })

  it('is refused where its secrets cannot be written', async () => {
    const { secrets } = account()
    const context = Object.defineProperty(newContext(), 'secrets', { value: 1 })
    const handler = middy()
      .use(secrets({ db: 'prod/db' }))
      .handler(async () => 'never')
    await expect(handler({}, context as never)).rejects.toMatchObject({
      code: 'CONFIGURATION',
      message: expect.stringContaining('context.secrets'),
    })
  })

  const replacements: Record<string, [(view: object | undefined) => unknown, RegExp]> = {
    'a spread': [
      (view) => ({ ...view, extra: 1 }),
      /context\.secrets was replaced .*object that no middleware made/,
    ],
    'a text': [() => 'x', /it is string/],
    nothing: [() => undefined, /it is undefined/],
    null: [() => null, /it is null/],
  }
  it.each(Object.entries(replacements))(
    'is refused where a middleware put %s in the place of a view',
    async (_, [make, says]) => {
      const { secrets } = account()
      const handler = middy()
        .use(secrets({ db: 'prod/db' }))
        .before(({ context }) => {
          Object.assign(context, { secrets: make(context.secrets) })
        })
        .use(secrets({ mail: 'prod/mail' }))
        .handler(async () => 'never')
      await expect(handler({}, newContext() as never)).rejects.toMatchObject({
        code: 'FOREIGN_VIEW',
        message: expect.stringMatching(says),
      })
    },
  )

  it('may be replaced as a whole between two middlewares', async () => {
    const { secrets } = account()
    for (const copy of [
      (context: Seen) => ({ ...context }),
      (context: Seen) => ({ secrets: context.secrets }),
    ]) {
      const handler = middy()
        .use(secrets({ db: 'prod/db' }))
        .before((request) => {
          request.context = copy(request.context) as never
        })
        .use(secrets({ mail: 'prod/mail' }))
        .handler(async (_event, { secrets: view }) => [view['db'], view['mail']])
      await expect(handler({}, newContext() as never)).resolves.toEqual(['db 1', 'mail 1'])
    }
  })
})

describe('onError after a load that failed', () => {
  const failing = () => {
    const { source, cache } = account()
    const options = { source, cache }
    return {
      first: secretsCache({ ...options, secrets: { db: 'prod/db' } }),
      second: secretsCache({
        ...options,
        secrets: { gone: 'prod/gone', jwt: 'prod/jwt' },
        parameters: { none: '/none' },
      }),
    }
  }

  it('has the error of the load where it reads a key, of both views', async () => {
    const { second } = failing()
    const caught: unknown[] = []
    const handler = middy()
      .use(second)
      .onError(({ context, error }) => {
        for (const read of [
          () => context.secrets.gone,
          () => context.secrets.jwt,
          () => context.parameters.none,
        ]) {
          try {
            caught.push(read())
          } catch (thrown) {
            caught.push(thrown === error)
          }
        }
      })
      .handler(async () => 'never')
    await expect(handler({}, newContext() as never)).rejects.toMatchObject({ code: 'SEVERAL' })
    expect(caught).toEqual([true, true, true])
  })

  it('does not hide the cause where it does not catch', async () => {
    const { second } = failing()
    const handler = middy()
      .use(second)
      .onError(({ context }) => `${context.secrets.gone}`)
      .handler(async () => 'never')
    const error = await handler({}, newContext() as never).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'SEVERAL', message: expect.stringContaining('secrets.gone') })
  })

  it('keeps the values of an earlier middleware, and gives none of them away', async () => {
    const { first, second } = failing()
    const printed: string[] = []
    const handler = middy()
      .use(first)
      .use(second)
      .onError(({ context }) => {
        printed.push(inspect(context, { showHidden: true, getters: true, depth: 9 }), JSON.stringify(context))
        printed.push(inspect({ ...context.secrets }), `${context.secrets}`)
        return context.secrets.db
      })
      .handler(async () => 'never')
    await expect(handler({}, newContext() as never)).resolves.toBe('db 1')
    expect(printed.join()).toContain('[not loaded]')
    expect(printed.join()).not.toContain('db 1')
  })

  it('says that two middlewares differ, and keeps the first one', async () => {
    const { source, cache } = account()
    const handler = middy()
      .use(secretsCache({ secrets: { one: 'prod/db' }, source, cache }))
      .use(secretsCache({ secrets: { one: json('prod/db'), two: text('prod/jwt') }, source, cache }))
      .onError(({ context }) => [context.secrets.one, 'two' in context.secrets])
      .handler(async () => 'never')
    await expect(handler({}, newContext() as never)).resolves.toEqual(['db 1', true])
  })

  it('has the older views no more where a context is used again', async () => {
    const { source, cache } = account()
    const context = newContext()
    const works = middy()
      .use(secretsCache({ secrets: { db: 'prod/db' }, source, cache }))
      .handler(async () => 'done')
    await works({}, context as never)
    const fails = middy()
      .use(secretsCache({ secrets: { gone: 'prod/gone' }, source, cache }))
      .onError(({ context: { secrets } }) => Object.hasOwn(Object.getPrototypeOf(secrets), 'db'))
      .handler(async () => 'never')
    await expect(fails({}, context as never)).resolves.toBe(false)
    await expect(works({}, context as never)).resolves.toBe('done')
  })
})
