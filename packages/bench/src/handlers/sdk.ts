import middy from '@middy/core'
import { secretsCache } from '@secrets-cache/middy'
import { sdk } from '@secrets-cache/sdk'
import { declared, maxAge, staleWhileRevalidate } from './declared.ts'
import { received } from './received.ts'

export const handler = middy()
  .use(
    secretsCache({
      source: sdk(),
      ...declared,
      maxAge,
      staleWhileRevalidate,
      timeoutMilliseconds: 10_000,
    }),
  )
  .handler(async (_event, context) => received(context.secrets, context.parameters))
