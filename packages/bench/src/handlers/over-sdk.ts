import middy from '@middy/core'
import { secretsCache } from '@secrets-cache/middy'
import type { sdk } from '@secrets-cache/sdk'
import { declared, maxAge, staleWhileRevalidate } from './declared.ts'
import { received } from './received.ts'

/** The handler over `sdk()`, of either entry. */
export const overSdk = (source: typeof sdk) =>
  middy()
    .use(
      secretsCache({
        source: source(),
        ...declared,
        maxAge,
        staleWhileRevalidate,
        timeoutMilliseconds: 10_000,
      }),
    )
    .handler(async (_event, context) => received(context.secrets, context.parameters))
