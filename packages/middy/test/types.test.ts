import { describe, expect, it } from '@jest/globals'
import middy from '@middy/core'
import { memorySource } from '@secrets-cache/core/testing'
import {
  binary,
  createSecrets,
  defineParameters,
  defineSecrets,
  derive,
  extension,
  json,
  list,
  parametersCache,
  pick,
  retryOnRotation,
  type SecretsContext,
  secretsCache,
  text,
  tree,
} from '@secrets-cache/middy'
import type { Context } from 'aws-lambda'
import { expectTypeOf } from 'expect-type'
import { z } from 'zod'

interface Database {
  readonly user: string
}

const schema = z.object({ retries: z.coerce.number() })
const declared = {
  secrets: defineSecrets({
    db: json<Database>('prod/db'),
    stripe: 'prod/stripe',
    certificate: binary('prod/certificate'),
  }),
  parameters: defineParameters({
    config: json('/config', schema),
    hosts: list('/hosts'),
    flag: text('/flag', { fallback: null }),
  }),
}

// Checked by the compiler: a use that should not compile and does is an error of `pnpm run check`.
describe('types', () => {
  it('flow from the middleware to a handler written after it', () => {
    middy()
      .use(secretsCache(declared))
      .handler(async (_event, context) => {
        expectTypeOf(context.secrets.db).toEqualTypeOf<Database>()
        expectTypeOf(context.secrets.stripe).toEqualTypeOf<string>()
        expectTypeOf(context.secrets.certificate).toEqualTypeOf<Uint8Array>()
        expectTypeOf(context.parameters.config).toEqualTypeOf<{ retries: number }>()
        expectTypeOf(context.parameters.hosts).toEqualTypeOf<readonly string[]>()
        expectTypeOf(context.parameters.flag).toEqualTypeOf<string | null>()
        expectTypeOf(context.awsRequestId).toEqualTypeOf<string>()
        // @ts-expect-error not declared
        context.secrets.typo
        // @ts-expect-error a view cannot be written
        context.secrets.stripe = 'x'
      })
  })

  it('flow through declarations made in the call', () => {
    middy()
      .use(
        secretsCache({
          source: memorySource({}),
          secrets: { a: text('a'), b: json('b') },
          parameters: { c: list('/c', { maxAge: 5 }), d: tree('/d') },
        }),
      )
      .handler(async (_event, { secrets, parameters }) => {
        expectTypeOf(secrets.a).toEqualTypeOf<string>()
        expectTypeOf(secrets.b).toEqualTypeOf<unknown>()
        expectTypeOf(parameters.c).toEqualTypeOf<readonly string[]>()
        expectTypeOf(parameters.d).toEqualTypeOf<Readonly<Record<string, string | readonly string[]>>>()
      })
  })

  it('leave out the view that is not declared', () => {
    middy()
      .use(secretsCache({ secrets: { a: 'a' } }))
      .handler(async (_event, context) => {
        expectTypeOf(context.secrets).toEqualTypeOf<{ readonly a: string }>()
        // @ts-expect-error no parameters are declared
        context.parameters
      })
    middy()
      .use(parametersCache({ parameters: { a: '/a' } }))
      .handler(async (_event, context) => {
        expectTypeOf(context.parameters.a).toEqualTypeOf<string>()
        // @ts-expect-error parametersCache has no secrets
        context.secrets
      })
  })

  it('merge over several middlewares', () => {
    middy()
      .use(secretsCache({ secrets: { a: 'a' } }))
      .use(secretsCache({ secrets: { b: json<Database>('b') }, parameters: { c: '/c' } }))
      .handler(async (_event, context) => {
        expectTypeOf(context.secrets.a).toEqualTypeOf<string>()
        expectTypeOf(context.secrets.b).toEqualTypeOf<Database>()
        expectTypeOf(context.parameters.c).toEqualTypeOf<string>()
      })
  })

  it('are given to a handler written first by SecretsContext', () => {
    const handler = async (_event: object, context: SecretsContext<typeof declared>) => {
      expectTypeOf(context.secrets.db).toEqualTypeOf<Database>()
      expectTypeOf(context.parameters.hosts).toEqualTypeOf<readonly string[]>()
      expectTypeOf(context).toExtend<Context>()
      // @ts-expect-error not declared
      return context.secrets.typo
    }
    middy(handler).use(secretsCache(declared))
  })

  it('follow a shared declaration through pick', () => {
    const picked = pick(declared.secrets, 'db')
    middy()
      .use(secretsCache({ secrets: picked }))
      .handler(async (_event, context) => {
        expectTypeOf(context.secrets.db).toEqualTypeOf<Database>()
        // @ts-expect-error not picked
        context.secrets.stripe
      })
    // @ts-expect-error not declared
    expect(() => pick(declared.secrets, 'dbx')).toThrow()
  })

  it('follow createSecrets, retryOnRotation and derive', async () => {
    const reader = createSecrets({ ...declared, source: extension() })
    const use = async () => {
      const { secrets, parameters } = await reader.read()
      expectTypeOf(parameters.config.retries).toEqualTypeOf<number>()
      const result = await retryOnRotation(secrets, 'db', async (db) => db.user, { when: () => true })
      expectTypeOf(result).toEqualTypeOf<string>()
      const made = derive(secrets, 'db', (db) => ({ pool: db.user }), { dispose: ({ pool }) => pool })
      expectTypeOf(made).toEqualTypeOf<{ pool: string }>()
      expectTypeOf(await reader.get('tenant')).toEqualTypeOf<string>()
      expectTypeOf(await reader.get(json<Database>('tenant'))).toEqualTypeOf<Database>()
      await reader.refresh('db')
      // @ts-expect-error not declared
      await reader.refresh('dbx')
      // @ts-expect-error not declared
      await retryOnRotation(secrets, 'dbx', () => 1, { when: () => true })
    }
    expect(use).toBeInstanceOf(Function)
  })

  it('refuse what can never work', () => {
    const wrong = [
      // @ts-expect-error a list is no secret
      () => secretsCache({ secrets: { a: list('/a') } }),
      // @ts-expect-error a parameter is never binary
      () => secretsCache({ parameters: { a: binary('/a') } }),
      // @ts-expect-error an unknown option
      () => secretsCache({ secrets: { a: 'a' }, maxage: 5 }),
      // @ts-expect-error an unknown option of a reference: did you mean 'stage'?
      () => secretsCache({ secrets: { a: text('a', { stag: 'x' }) } }),
      // @ts-expect-error a number is no reference
      () => secretsCache({ secrets: { a: 5 } }),
      // @ts-expect-error secrets are not for parametersCache
      () => parametersCache({ parameters: { a: '/a' }, secrets: { a: 'a' } }),
    ]
    for (const make of wrong) expect(make).toThrow(expect.objectContaining({ code: 'CONFIGURATION' }))
    // @ts-expect-error cache times are numbers
    expect(() => secretsCache({ secrets: { a: 'a' }, maxAge: '5' })).toThrow(/maxAge is a string/)
  })
})
