import middy from '@middy/core'
import { direct } from '@secrets-cache/direct'
import {
  derive,
  extension,
  firstOf,
  isMysqlAuthError,
  json,
  retryOnRotation,
  secretsCache,
} from '@secrets-cache/middy'
import { maxAge } from '../declared.ts'
import { type Credentials, openPool, queryPool, secretName } from './query.ts'

export const handler = middy()
  .use(
    secretsCache({
      secrets: { db: json<Credentials>(secretName) },
      source: firstOf(extension(), direct()),
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
