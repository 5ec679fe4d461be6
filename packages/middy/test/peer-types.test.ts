import { getSecret } from '@aws-lambda-powertools/parameters/secrets'
import { getParameter } from '@aws-lambda-powertools/parameters/ssm'
import { describe, it } from '@jest/globals'
import middy from '@middy/core'
import secretsManager, { secret } from '@middy/secrets-manager'
import ssm from '@middy/ssm'
import { expectTypeOf } from 'expect-type'

interface Database {
  readonly user: string
}

// What docs/why.md says of their types. The compiler checks it; nothing is fetched.
const unchecked = {
  bySsm: () =>
    middy()
      .use(ssm({ fetchData: { db: '/db', 'my-key': '/key' }, setToContext: true }))
      .handler(async (_event, context) => {
        expectTypeOf(context.db).toEqualTypeOf<unknown>()
        // At run time it is context.my_key.
        expectTypeOf(context['my-key']).toEqualTypeOf<unknown>()
      }),
  bySecretsManager: () =>
    middy()
      .use(secretsManager({ fetchData: { db: secret<Database>('db') }, setToContext: true }))
      .handler(async (_event, context) => {
        expectTypeOf(context.db).toEqualTypeOf<Database>()
      }),
  byPowertools: async () => {
    expectTypeOf(await getSecret('key')).toEqualTypeOf<string | Uint8Array | undefined>()
    expectTypeOf(await getParameter('/key')).toEqualTypeOf<string | undefined>()
    expectTypeOf(await getSecret<Database>('db', { transform: 'json' })).toEqualTypeOf<Database | undefined>()
  },
}

describe('the types of others', () => {
  it('are what docs/why.md says', () => {
    expectTypeOf(unchecked).toBeObject()
  })
})
