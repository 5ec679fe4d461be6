import { PassThrough } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import middy from '@middy/core'
import httpRouter, { type Route } from '@middy/http-router'
import { memorySource } from '@secrets-cache/core/testing'
import {
  derive,
  json,
  list,
  type SecretsContext,
  type SecretsHandler,
  secretsCache,
  withSecrets,
} from '@secrets-cache/middy'
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyHandlerV2,
  APIGatewayProxyResultV2,
  Context,
  Handler,
  SQSHandler,
} from 'aws-lambda'
import { expectTypeOf } from 'expect-type'
import { ownCache } from './helpers/invoke.ts'

interface Database {
  readonly user: string
}
const source = () =>
  memorySource({
    secrets: { 'prod/db': { user: 'orders' }, 'prod/key': 'sk' },
    parameters: { '/hosts': ['a', 'b'] },
  })
const own = () => ({ source: source(), cache: ownCache().cache })
const declared = {
  secrets: { db: json<Database>('prod/db'), key: 'prod/key' },
  parameters: { hosts: list('/hosts') },
}
const context = { awsRequestId: '1' } as Context
const event = { version: '2.0', requestContext: { http: { method: 'GET', path: '/orders' } } }

describe('withSecrets', () => {
  it('gives a handler what it needs, under Lambda and under Middy', async () => {
    const handler = withSecrets(
      { ...own(), ...declared },
      async ({ id }: { id: number }, { secrets, parameters }) => {
        expectTypeOf(secrets).toEqualTypeOf<{ readonly db: Database; readonly key: string }>()
        return [id, secrets.db.user, secrets.key, parameters.hosts.length]
      },
    )
    const seen: string[] = []
    const wrapped = middy(handler)
      .before(() => void seen.push('before'))
      .after(() => void seen.push('after'))
    for (const one of [handler, wrapped]) {
      await expect(one({ id: 1 }, { ...context })).resolves.toEqual([1, 'orders', 'sk', 2])
    }
    expect(seen).toEqual(['before', 'after'])
  })

  it('takes a handler that is not asynchronous, and no context at all', async () => {
    const handler = withSecrets(
      { ...own(), secrets: { key: 'prod/key' } },
      (_event, { secrets }) => secrets.key,
    )
    expectTypeOf(handler).returns.toEqualTypeOf<Promise<string>>()
    await expect(handler({}, undefined as never)).resolves.toBe('sk')
  })

  it('passes on what Middy gives beside the context', async () => {
    const handler = withSecrets(
      { ...own(), secrets: { key: 'prod/key' } },
      async (_event, _context, options) => {
        expectTypeOf(options?.signal).toEqualTypeOf<AbortSignal | undefined>()
        return options?.signal instanceof AbortSignal
      },
    )
    await expect(middy(handler)({}, { ...context })).resolves.toBe(true)
    await expect(handler({}, { ...context })).resolves.toBe(false)
  })

  it('fails with the typed error, which Middy passes to onError', async () => {
    const gone = { ...own(), secrets: { gone: 'prod/gone' } }
    const handler = withSecrets(gone, async () => 'never')
    await expect(handler({}, { ...context })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      key: 'secrets.gone',
    })
    const codes: unknown[] = []
    const wrapped = middy(handler).onError(({ error }) => void codes.push((error as { code?: string }).code))
    await expect(wrapped({}, { ...context })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(codes).toEqual(['NOT_FOUND'])
  })

  it('is merged with what is around it, and leaves that as it was', async () => {
    const options = own()
    const inner = withSecrets(
      { ...options, secrets: { db: json<Database>('prod/db') } },
      async (_event, given) => [given.secrets.db.user, (given.secrets as { key?: string }).key],
    )
    const seen: unknown[] = []
    const handler = middy(inner)
      .use(secretsCache({ ...options, secrets: { key: 'prod/key' } }))
      .after(({ context: { secrets } }) => void seen.push(secrets.key, 'db' in secrets))
    await expect(handler({}, { ...context } as never)).resolves.toEqual(['orders', 'sk'])
    expect(seen).toEqual(['sk', false])
  })

  it('says at once what can never work', () => {
    // @ts-expect-error there is no handler
    expect(() => withSecrets(declared)).toThrow(/^configuration: withSecrets has no handler/)
    // @ts-expect-error an unknown option
    expect(() => withSecrets({ ...declared, maxage: 1 }, async () => 1)).toThrow(
      /withSecrets has no option "maxage"/,
    )
    // @ts-expect-error a list is no secret
    expect(() => withSecrets({ secrets: { a: list('/a') } }, async () => 1)).toThrow(
      /list\(\) cannot be read/,
    )
    expect(() => withSecrets({}, async () => 1)).toThrow(/withSecrets: neither secrets nor parameters/)
  })

  it.each(['a value', 'a stream', 'an error'])(
    'keeps what is derived until it has ended: %s',
    async (kind) => {
      const { cache, clock } = ownCache()
      const from = source()
      const disposed: string[] = []
      const dispose = (made: string) => void disposed.push(made)
      const make = (key: string) => key
      const stream = new PassThrough()
      const open = Promise.withResolvers<void>()
      const handler = withSecrets(
        { source: from, cache, secrets: { key: 'prod/key' } },
        async (what, { secrets }) => {
          derive(secrets, 'key', make, { dispose })
          if (what !== 'next') await open.promise
          if (what === 'an error') throw new Error('failed')
          return what === 'a stream' ? stream : what
        },
      )
      await handler('next', { ...context })
      const running = handler(kind, { ...context }).catch(() => {})
      await new Promise(setImmediate)
      from.set('secrets', 'prod/key', 'sk 2')
      clock.step(301_000)
      await handler('next', { ...context })
      expect(disposed).toEqual([])
      open.resolve()
      await running
      if (kind === 'a stream') {
        await new Promise(setImmediate)
        expect(disposed).toEqual([])
        stream.destroy()
      }
      await new Promise(setImmediate)
      expect(disposed).toEqual(['sk'])
    },
  )
})

// Checked by the compiler.
describe('the types of withSecrets', () => {
  it('make a handler that fits wherever Lambda or Middy takes one', async () => {
    const http = withSecrets(
      { ...own(), ...declared },
      async (_event: APIGatewayProxyEventV2, { secrets }) => ({
        statusCode: 200,
        body: secrets.db.user,
      }),
    )
    const asLambda: APIGatewayProxyHandlerV2 = http
    const asMiddy: APIGatewayProxyHandlerV2 = middy(http)
    const queue: SQSHandler = withSecrets({ ...own(), ...declared }, async (_event, { secrets }) => {
      expectTypeOf(secrets.key).toEqualTypeOf<string>()
    })
    const routes: Route<APIGatewayProxyEventV2, APIGatewayProxyResultV2>[] = [
      { method: 'GET', path: '/orders', handler: http },
      { method: 'GET', path: '/again', handler: middy(http) },
    ]
    const routed = middy(httpRouter(routes) as Handler<APIGatewayProxyEventV2, APIGatewayProxyResultV2>)
    // A test calls what is exported with a plain context.
    for (const one of [http, asMiddy as typeof http, routed]) {
      const answer = await one(event as APIGatewayProxyEventV2, { ...context })
      expect(answer).toEqual({ statusCode: 200, body: 'orders' })
    }
    expect([asLambda, queue].map((one) => typeof one)).toEqual(['function', 'function'])
  })

  it('keep a handler that was written first together with its declaration', () => {
    const orders: SecretsHandler<typeof declared, { id: number }, string> = async ({ id }, { secrets }) => {
      // @ts-expect-error not declared
      secrets.typo
      return `${id} ${secrets.db.user}`
    }
    const use = () => {
      expectTypeOf(middy(withSecrets(declared, orders)).use({ before: () => {} })).toBeFunction()
      expectTypeOf(withSecrets({ ...declared, maxAge: 60 }, orders)).toEqualTypeOf<
        (event: { id: number }, context: Context) => Promise<string>
      >()
      // A unit test gives plain values.
      void orders(
        { id: 1 },
        { ...context, secrets: { db: { user: 'x' }, key: 'y' }, parameters: { hosts: [] } },
      )
      // @ts-expect-error without the middleware
      middy(orders)
      // @ts-expect-error without the middleware
      middy<{ id: number }>().handler(orders)
      // @ts-expect-error another declaration
      withSecrets({ secrets: { key: 'prod/key' } }, orders)
      // @ts-expect-error the same key, read as something else
      withSecrets({ ...declared, secrets: { db: 'prod/db', key: 'prod/key' } }, orders)
      // @ts-expect-error another event
      const handler: Handler<{ id: string }> = withSecrets(declared, orders)
      return handler
    }
    expect(use).toBeInstanceOf(Function)
  })

  it('have a second form that is checked: the middleware first', () => {
    const orders = async (_event: unknown, { secrets }: SecretsContext<typeof declared>) => secrets.db.user
    const use = () => {
      middy().use(secretsCache(declared)).handler(orders)
      // @ts-expect-error without the middleware
      middy().handler(orders)
      const other = middy().use(secretsCache({ secrets: { key: 'prod/key' } }))
      // @ts-expect-error another declaration
      other.handler(orders)
      // @ts-expect-error without the declaration
      const handler: Handler = orders
      return handler
    }
    expect(use).toBeInstanceOf(Function)
  })
})
