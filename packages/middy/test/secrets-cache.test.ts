import { describe, expect, it } from '@jest/globals'
import middy from '@middy/core'
import { createCache, fakeClock } from '@secrets-cache/core/testing'
import {
  binary,
  derive,
  extension,
  json,
  list,
  parametersCache,
  type SecretsEvent,
  secretsCache,
  text,
} from '@secrets-cache/middy'
import { collectGarbage, untilSo } from './helpers/collect-garbage.ts'
import { lambdaContext, ownCache, useLocal } from './helpers/invoke.ts'

interface Database {
  readonly user: string
  readonly password: string
}

const certificate = new Uint8Array([0, 1, 254, 255])
const used = useLocal({
  secrets: {
    'prod/orders/db': { user: 'app', password: 'x' },
    'prod/stripe/key': 'sk',
    'prod/empty': '',
    'prod/certificate': certificate,
  },
  parameters: {
    '/prod/orders/hosts': ['a', 'b'],
    '/prod/orders/config': '{"retries":3}',
    '/prod/orders/token': { type: 'SecureString', value: 'secure' },
  },
})
const secrets = { db: json<Database>('prod/orders/db'), stripe: 'prod/stripe/key' }
const parameters = {
  hosts: list('/prod/orders/hosts'),
  config: json<{ retries: number }>('/prod/orders/config'),
}

/** Waits until the stand-in has seen so many requests; their answers may be due later. */
async function requestsSeen(count: number): Promise<void> {
  const { layer } = used.local.calls
  while (layer.secretsmanager + layer.systemsmanager < count) await new Promise(setImmediate)
}

describe('secretsCache', () => {
  it('fills both views of the context before the handler runs', async () => {
    const handler = middy()
      .use(secretsCache({ secrets, parameters, cache: ownCache().cache }))
      .handler(async (_event, context) => ({
        user: context.secrets.db.user,
        stripe: context.secrets.stripe,
        hosts: context.parameters.hosts,
        retries: context.parameters.config.retries,
      }))

    await expect(handler({}, lambdaContext(3_000))).resolves.toEqual({
      user: 'app',
      stripe: 'sk',
      hosts: ['a', 'b'],
      retries: 3,
    })
  })

  it('gives text, an empty text, bytes and a decrypted SecureString as what they are', async () => {
    const handler = middy()
      .use(
        secretsCache({
          secrets: { empty: 'prod/empty', certificate: binary('prod/certificate') },
          parameters: { token: text('/prod/orders/token') },
          cache: ownCache().cache,
        }),
      )
      .handler(async (_event, { secrets: { empty, certificate: bytes }, parameters: { token } }) => ({
        empty,
        bytes,
        token,
      }))

    await expect(handler({}, lambdaContext())).resolves.toEqual({
      empty: '',
      bytes: certificate,
      token: 'secure',
    })
  })

  it('wraps a handler that was written first', async () => {
    const handler = middy(
      async (_event: object, context: { secrets: { stripe: string } }) => context.secrets.stripe,
    )
    handler.use(secretsCache({ secrets, cache: ownCache().cache }))

    await expect(handler({}, lambdaContext())).resolves.toBe('sk')
  })

  it('leaves out a view that is not declared', async () => {
    const handler = middy()
      .use(secretsCache({ secrets, cache: ownCache().cache }))
      .handler(async (_event, context) => Object.keys(context))

    await expect(handler({}, lambdaContext())).resolves.toEqual(['secrets'])
  })

  it('loads what is missing together: six slow values take as long as one', async () => {
    used.local.faults.slow(100)
    const six = secretsCache({
      secrets: { ...secrets, empty: 'prod/empty' },
      parameters: { ...parameters, token: text('/prod/orders/token') },
      cache: ownCache().cache,
    })
    const before = six.before?.({ context: lambdaContext() } as never)
    // Each answer comes 100 ms after its request: all six are there before the first is answered.
    await requestsSeen(6)
    const first = used.local.calls.list.length
    await before

    expect(first).toBe(0)
    expect(used.local.calls.layer).toEqual({ secretsmanager: 3, systemsmanager: 3 })
  })

  it('answers synchronously, with undefined and no call, while all is fresh', async () => {
    const { before } = secretsCache({ secrets, cache: ownCache().cache })
    const context = lambdaContext()
    await before?.({ context } as never)
    const calls = used.local.calls.total

    expect(before?.({ context } as never)).toBeUndefined()
    expect(used.local.calls.total).toBe(calls)
  })

  it('answers synchronously what another middleware has loaded', async () => {
    const { cache } = ownCache()
    const context = lambdaContext()
    await secretsCache({ secrets, cache }).before?.({ context } as never)
    expect(secretsCache({ secrets, cache, prefetch: false }).before?.({ context } as never)).toBeUndefined()
  })

  it.each([null, undefined, 5, 'x'])('refuses %j instead of options', (options) => {
    expect(() => secretsCache(options as never)).toThrow(/^configuration: secretsCache is /)
  })

  it('names itself in what it refuses', () => {
    expect(() => secretsCache({ secrets, bogus: 1 } as never)).toThrow('secretsCache has no option "bogus"')
    expect(() => parametersCache({ parameters, bogus: 1 } as never)).toThrow(
      'parametersCache has no option "bogus"',
    )
  })

  it('marks the request by a name that another copy of the package knows', async () => {
    const marks: unknown[] = []
    const handler = middy()
      .use(secretsCache({ secrets, cache: ownCache().cache }))
      .before((request) => {
        marks.push((request as never as Record<symbol, unknown>)[Symbol.for('@secrets-cache/middy/layer')])
      })
      .handler(async () => 'done')
    await handler({}, lambdaContext())
    expect(marks).toEqual([expect.any(Object)])
  })

  it('asks again when maxAge is over', async () => {
    const { cache, clock } = ownCache()
    const handler = middy()
      .use(secretsCache({ secrets, cache, maxAge: 60 }))
      .handler(async (_event, context) => context.secrets.stripe)
    await handler({}, lambdaContext())
    clock.step(58_000)
    await expect(handler({}, lambdaContext())).resolves.toBe('sk')
    expect(used.local.calls.layer.secretsmanager).toBe(2)

    clock.step(2_000)
    await handler({}, lambdaContext())
    expect(used.local.calls.layer.secretsmanager).toBe(4)
  })

  it('asks once when ten invocations start together', async () => {
    const handler = middy()
      .use(secretsCache({ secrets, cache: ownCache().cache }))
      .handler(async (_event, context) => context.secrets.stripe)

    await Promise.all(Array.from({ length: 10 }, () => handler({}, lambdaContext())))
    expect(used.local.calls.layer.secretsmanager).toBe(2)
  })

  it('keeps one snapshot for an invocation, whatever is rotated meanwhile', async () => {
    const { cache, clock } = ownCache()
    const middleware = secretsCache({ secrets, cache, source: extension() })
    const first = { context: lambdaContext() as { secrets?: { stripe: string } } }
    const second = { context: lambdaContext() as { secrets?: { stripe: string } } }
    await middleware.before?.(first as never)
    used.local.rotate('prod/stripe/key', 'sk-2')
    await used.local.reset()
    used.local.rotate('prod/stripe/key', 'sk-3')
    clock.step(301_000)
    await middleware.before?.(second as never)

    expect(first.context.secrets?.stripe).toBe('sk')
    expect(second.context.secrets?.stripe).toBe('sk-3')
  })

  it('does not touch the extension when it is made', async () => {
    secretsCache({ secrets, cache: ownCache().cache })
    await new Promise((resolve) => setImmediate(resolve))

    expect(used.local.calls.total).toBe(0)
  })

  it('names its hooks, for the plugins of Middy that print them', () => {
    const { before, after, onError } = secretsCache({ secrets })
    expect([before?.name, after?.name, onError?.name]).toEqual([
      'secretsCacheBefore',
      'secretsCacheAfter',
      'secretsCacheOnError',
    ])
    expect(parametersCache({ parameters }).before?.name).toBe('parametersCacheBefore')
  })

  it('tells every event to onEvent, without a value', async () => {
    const events: SecretsEvent[] = []
    const { before } = secretsCache({
      secrets,
      cache: ownCache().cache,
      onEvent: (event) => events.push(event),
    })
    await before?.({ context: lambdaContext() } as never)
    before?.({ context: lambdaContext() } as never)

    const types = events.map(({ type }) => type)
    expect(types[0]).toBe('load')
    expect(types.toSorted()).toEqual(['hit', 'hit', 'load', 'loaded', 'loaded', 'miss', 'miss'])
    expect(JSON.stringify(events)).not.toMatch(/sk|app|"x"/)
  })
})

describe('secretsCache and time', () => {
  it('gives a warm value without a call when no time is left', async () => {
    const { cache, clock } = ownCache()
    const handler = middy()
      .use(secretsCache({ secrets, cache }))
      .handler(async (_event, context) => context.secrets.stripe)
    await handler({}, lambdaContext())
    clock.step(400_000)
    const calls = used.local.calls.total

    await expect(handler({}, lambdaContext(10))).resolves.toBe('sk')
    expect(used.local.calls.total).toBe(calls)
  })

  it.each([
    ['of the invocation', { getRemainingTimeInMillis: () => 150 }],
    ['of a durable invocation', { lambdaContext: { getRemainingTimeInMillis: () => 150 } }],
  ])('gives up a cold value within the remaining time %s, less a margin of 100 ms', async (_, context) => {
    used.local.faults.hang()
    const clock = fakeClock()
    const handler = middy()
      .use(secretsCache({ secrets: { stripe: 'prod/stripe/key' }, cache: createCache({ clock }) }))
      .handler(async () => 'never')
    const answer = handler({}, context as never)
    let isSettled = false
    answer.catch(() => {
      isSettled = true
    })
    clock.advance(49)
    await new Promise(setImmediate)
    expect(isSettled).toBe(false)
    clock.advance(1)

    await expect(answer).rejects.toMatchObject({
      code: 'TIMEOUT',
      key: 'secrets.stripe',
      id: 'prod/stripe/key',
      source: 'extension',
    })
  })

  it('takes a context that tells no time', async () => {
    for (const context of [{}, { lambdaContext: {} }]) {
      const handler = middy()
        .use(secretsCache({ secrets, cache: ownCache().cache }))
        .handler(async (_event, { secrets }) => secrets.stripe)
      await expect(handler({}, context as never)).resolves.toBe('sk')
    }
  })

  it('never waits longer than timeoutMilliseconds', async () => {
    used.local.faults.hang()
    const clock = fakeClock()
    const { before } = secretsCache({ secrets, cache: createCache({ clock }), timeoutMilliseconds: 60 })
    const waiting = before?.({ context: lambdaContext(60_000) } as never)
    clock.advance(60)

    await expect(waiting).rejects.toMatchObject({ code: 'SEVERAL', transient: true })
  })

  it('waits through a layer that is not ready yet', async () => {
    used.local.faults.notReady({ times: 3 })
    const handler = middy()
      .use(secretsCache({ secrets, cache: ownCache().cache }))
      .handler(async (_event, context) => context.secrets.stripe)

    await expect(handler({}, lambdaContext(3_000))).resolves.toBe('sk')
  })
})

describe('secretsCache and failure', () => {
  it('names each key that failed, its id, the source and what to do', async () => {
    const handler = middy()
      .use(
        secretsCache({
          secrets: { db: 'prod/orders/db', a: 'prod/nowhere', b: 'prod/nowhere/else' },
          cache: ownCache().cache,
        }),
      )
      .handler(async () => 'never')
    const error = await handler({}, lambdaContext()).catch((thrown: Error) => thrown)

    expect(error).toMatchObject({ name: 'SeveralError', code: 'SEVERAL' })
    expect((error as Error).message).toContain('secrets.a ("prod/nowhere")')
    expect((error as Error).message).toContain('secrets.b ("prod/nowhere/else")')
    expect((error as Error).message).not.toContain('secrets.db')
  })

  it('keeps the good ones when one fails, and does not fetch them again', async () => {
    const handler = middy()
      .use(secretsCache({ secrets: { ...secrets, gone: 'prod/nowhere' }, cache: ownCache().cache }))
      .handler(async () => 'never')
    await expect(handler({}, lambdaContext())).rejects.toMatchObject({ code: 'REFUSED', key: 'secrets.gone' })
    await expect(handler({}, lambdaContext())).rejects.toMatchObject({ code: 'REFUSED' })

    // Each once, and the refused one once more: its refusal might have been a throttle.
    expect(used.local.calls.layer.secretsmanager).toBe(4)
  })

  it('serves the older value when the layer is gone, and says so', async () => {
    const { cache, clock } = ownCache()
    const events: SecretsEvent[] = []
    const handler = middy()
      .use(secretsCache({ secrets, cache, onEvent: (event) => events.push(event) }))
      .handler(async (_event, context) => context.secrets.stripe)
    await handler({}, lambdaContext())
    used.local.faults.status(500, 'down')
    clock.step(301_000)

    await expect(handler({}, lambdaContext())).resolves.toBe('sk')
    expect(events.filter(({ type }) => type === 'stale')).toEqual([
      expect.objectContaining({ key: 'secrets.db', reason: 'failed' }),
      expect.objectContaining({ key: 'secrets.stripe', reason: 'failed' }),
    ])
  })

  it('takes a fallback only where a source says that there is nothing', async () => {
    const handler = middy()
      .use(
        secretsCache({
          secrets: { optional: text('prod/nowhere', { fallback: null }) },
          cache: ownCache().cache,
        }),
      )
      .handler(async (_event, context) => context.secrets.optional)

    // The layer refuses without a cause: that may as well be a denial.
    await expect(handler({}, lambdaContext())).rejects.toMatchObject({ code: 'REFUSED' })
  })
})

describe('several middlewares on one handler', () => {
  it('become one view', async () => {
    const { cache } = ownCache()
    const handler = middy()
      .use(secretsCache({ secrets: { stripe: 'prod/stripe/key' }, cache }))
      .use(secretsCache({ secrets: { db: secrets.db }, parameters, cache }))
      .handler(async (_event, context) => ({
        ...{ stripe: context.secrets.stripe, user: context.secrets.db.user },
      }))
    const context = lambdaContext() as { secrets?: object }

    await expect(handler({}, context as never)).resolves.toEqual({ stripe: 'sk', user: 'app' })
    const merged = context.secrets
    await handler({}, context as never)
    expect(context.secrets).toBe(merged)
  })

  it('may declare one key twice if it is the same', async () => {
    const { cache } = ownCache()
    const handler = middy()
      .use(secretsCache({ secrets: { stripe: 'prod/stripe/key' }, cache }))
      .use(secretsCache({ secrets: { stripe: text('prod/stripe/key') }, cache }))
      .handler(async (_event, context) => context.secrets.stripe)

    await expect(handler({}, lambdaContext())).resolves.toBe('sk')
  })

  it('are refused before the second asks for anything when one key means two things', async () => {
    const { cache } = ownCache()
    const handler = middy()
      .use(secretsCache({ secrets: { one: 'prod/stripe/key' }, cache }))
      .use(secretsCache({ secrets: { one: 'prod/orders/db' }, cache }))
      .handler(async () => 'never')

    await expect(handler({}, lambdaContext())).rejects.toMatchObject({
      code: 'CONFIGURATION',
      key: 'secrets.one',
      reason: 'two middlewares of one handler declare it differently',
      remedy: 'Give one of them another key.',
    })
    expect(used.local.calls.layer.secretsmanager).toBe(1)
  })

  it('do not mind a context that a test uses again', async () => {
    const { cache } = ownCache()
    const context = lambdaContext()
    const first = middy()
      .use(secretsCache({ secrets: { one: 'prod/stripe/key' }, cache }))
      .handler(async () => 1)
    const second = middy()
      .use(secretsCache({ secrets: { one: 'prod/orders/db' }, cache }))
      .handler(async () => 2)
    await first({}, context)

    await expect(second({}, context)).resolves.toBe(2)
  })
})

describe('two handlers in one process', () => {
  it('share loads, keep their own times, and never see what the other alone declared', async () => {
    const { cache, clock } = ownCache()
    const short = middy()
      .use(secretsCache({ secrets: { stripe: 'prod/stripe/key', db: 'prod/orders/db' }, maxAge: 10, cache }))
      .handler(async (_event, context) => context.secrets)
    const long = middy()
      .use(secretsCache({ secrets: { key: 'prod/stripe/key' }, maxAge: 1_000, cache }))
      .handler(async (_event, context) => context.secrets)

    await Promise.all([short({}, lambdaContext()), long({}, lambdaContext())])
    expect(used.local.calls.layer.secretsmanager).toBe(2)
    clock.step(11_000)
    await long({}, lambdaContext())
    expect(used.local.calls.layer.secretsmanager).toBe(2)
    const views = [await short({}, lambdaContext()), await long({}, lambdaContext())]
    expect(used.local.calls.layer.secretsmanager).toBe(4)
    expect('db' in (views[1] as object)).toBe(false)
    expect('key' in (views[0] as object)).toBe(false)
  })

  it('give one id declared as text and as JSON to each as it declared it', async () => {
    const { cache } = ownCache()
    const asText = middy()
      .use(secretsCache({ secrets: { db: 'prod/orders/db' }, cache }))
      .handler(async (_, c) => c.secrets.db)
    const asJson = middy()
      .use(secretsCache({ secrets: { db: secrets.db }, cache }))
      .handler(async (_event, context) => context.secrets.db)

    await expect(asText({}, lambdaContext())).resolves.toBe('{"user":"app","password":"x"}')
    await expect(asJson({}, lambdaContext())).resolves.toEqual({ user: 'app', password: 'x' })
    expect(used.local.calls.layer.secretsmanager).toBe(1)
  })
})

describe('what is derived from a view', () => {
  it('is disposed of when the last invocation that began with it has ended', async () => {
    const { cache, clock } = ownCache()
    const disposed: string[] = []
    const make = (value: string) => ({ value })
    const dispose = (made: { value: string }) => disposed.push(made.value)
    const gates: (() => void)[] = []
    const handler = middy()
      .use(secretsCache({ secrets: { stripe: 'prod/stripe/key' }, cache }))
      .use(secretsCache({ parameters: { hosts: parameters.hosts }, cache }))
      .handler(async (event, context) => {
        derive(context.secrets, 'stripe', make, { dispose })
        if (event === 'wait') await new Promise<void>((open) => gates.push(open))
        if (event === 'fail') throw new Error('failed')
      })
    await handler('first', lambdaContext())
    const waiting = handler('wait', lambdaContext())
    const failing = expect(handler('fail', lambdaContext())).rejects.toThrow('failed')
    await used.local.reset()
    used.local.rotate('prod/stripe/key', 'sk-2')
    clock.step(301_000)
    await handler('newer', lambdaContext())
    await failing
    expect(disposed).toEqual([])

    gates[0]?.()
    await waiting
    await new Promise(setImmediate)
    expect(disposed).toEqual(['sk'])
  })

  it('is disposed of too where an invocation never ended: a durable one that was suspended', async () => {
    const { cache, clock } = ownCache()
    const disposed: string[] = []
    const make = (value: string) => ({ value })
    const dispose = (made: { value: string }) => disposed.push(made.value)
    const handler = middy()
      .use(secretsCache({ secrets: { stripe: 'prod/stripe/key' }, cache }))
      .handler(async (event, context) => {
        derive(context.secrets, 'stripe', make, { dispose })
        if (event === 'suspended') await new Promise(() => {})
      })
    await handler('first', lambdaContext())
    void handler('suspended', lambdaContext())
    await used.local.reset()
    used.local.rotate('prod/stripe/key', 'sk-2')
    clock.step(301_000)
    await handler('newer', lambdaContext())
    await untilSo(() => disposed.length > 0, collectGarbage)
    expect(disposed).toEqual(['sk'])
  })
})

describe('parametersCache', () => {
  it('fills context.parameters alone', async () => {
    const handler = middy()
      .use(parametersCache({ parameters, cache: ownCache().cache }))
      .handler(async (_event, context) => context.parameters.hosts)

    await expect(handler({}, lambdaContext())).resolves.toEqual(['a', 'b'])
  })

  it('has no secrets', () => {
    // @ts-expect-error parametersCache takes parameters only
    expect(() => parametersCache({ parameters, secrets })).toThrow(/has no option "secrets"/)
  })
})
