import middy from '@middy/core'
import type { Source } from '@secrets-cache/core'
import {
  derive,
  isMysqlAuthError,
  json,
  retryOnRotation,
  secretsCache,
} from '@secrets-cache/middy/with-source'
import { maxAge } from '../declared.ts'
import { type Credentials, openPool, queryPool, secretName } from './query.ts'

/** The handler that asks anew where the database refuses the password. */
export const retriedOver = (source: Source) =>
  middy()
    .use(
      secretsCache({
        secrets: { db: json<Credentials>(secretName) },
        source,
        maxAge,
        timeoutMilliseconds: 5_000,
      }),
    )
    .handler((_event, { secrets, getRemainingTimeInMillis: remainingMilliseconds }) =>
      retryOnRotation(
        secrets,
        'db',
        (_db, view) => queryPool(derive(view, 'db', openPool, { dispose: (pool) => pool.end() })),
        { when: isMysqlAuthError, remainingMilliseconds },
      ),
    )
