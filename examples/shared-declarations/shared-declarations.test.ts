import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { memorySource } from '@secrets-cache/core/testing'
import { type Local, startLocal } from '@secrets-cache/local'
import { createSecrets, pick } from '@secrets-cache/middy'
import { expectTypeOf } from 'expect-type'
import values from './values.json' with { type: 'json' }

let local: Local
let functions: Record<'charge' | 'ship' | 'report', (event: object, context: never) => Promise<string>>

beforeAll(async () => {
  local = await startLocal(values)
  Object.assign(process.env, local.environment, { STAGE: 'test' })
  // One after the other: Jest on Node 22 cannot import two modules at once that share others.
  const charge = await import('./functions/charge.ts')
  const ship = await import('./functions/ship.ts')
  const report = await import('./functions/report.ts')
  functions = { charge: charge.handler, ship: ship.handler, report: report.handler }
})
afterAll(() => local.close())

describe('functions that share their declarations', () => {
  it('get what they picked, validated, each thing fetched once for all of them', async () => {
    const context = {} as never
    const answers = await Promise.all([
      functions.charge({}, context),
      functions.ship({}, {} as never),
      functions.report({}, {} as never),
    ])

    expect(answers).toEqual([
      'charges with a key of 5 characters, as orders, at most 50 items',
      'ships with dhl or ups, from db.internal',
      'reports on 2 carriers',
    ])
    const { BatchGetSecretValue, GetSecretValue, GetParameters } = local.calls.aws
    // Each function's INIT asks only for what is not cached yet: two secrets in one call, two parameters in two.
    expect([BatchGetSecretValue + GetSecretValue, GetParameters]).toEqual([1, 2])
  })

  it('follow a name that is changed in one place', async () => {
    const { secrets } = await import('example-orders-secrets')
    expect(secrets.stripeKey).toBe('test/orders/stripe-key')
    const sources = await Promise.all(
      ['charge', 'ship', 'report'].map((name) =>
        readFile(new URL(`functions/${name}.ts`, import.meta.url), 'utf8'),
      ),
    )
    expect(sources.join()).not.toMatch(/orders\/(database|stripe-key|limits|carriers)/)
  })

  it('have the types of the shared schemas, and no key that is not declared', async () => {
    const { parameters, secrets } = await import('example-orders-secrets')
    const reader = createSecrets({
      source: memorySource({}),
      secrets: pick(secrets, 'database'),
      parameters,
    })
    const read = async () => {
      const views = await reader.read()
      expectTypeOf(views.secrets.database).toEqualTypeOf<{ host: string; user: string; password: string }>()
      expectTypeOf(views.parameters.limits.maxItems).toEqualTypeOf<number>()
      // @ts-expect-error not picked
      views.secrets.stripeKey
    }
    expect(read).toBeInstanceOf(Function)
    // @ts-expect-error not declared
    expect(() => pick(secrets, 'databse')).toThrow('Did you mean "database"?')
  })
})
