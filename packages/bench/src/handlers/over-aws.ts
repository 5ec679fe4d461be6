import middy from '@middy/core'
import type { Source } from '@secrets-cache/core'
import { secretsCache } from '@secrets-cache/middy/with-source'
import { declared, maxAge, staleWhileRevalidate } from './declared.ts'
import { received } from './received.ts'

/** The handler over a source that asks AWS itself. */
export const overAws = (source: Source) =>
  middy()
    .use(
      secretsCache({
        source,
        ...declared,
        maxAge,
        staleWhileRevalidate,
        timeoutMilliseconds: 10_000,
      }),
    )
    .handler(async (_event, context) => received(context.secrets, context.parameters))
