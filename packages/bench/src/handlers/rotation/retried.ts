import middy from '@middy/core'
import {
  derive,
  extension,
  firstOf,
  isMysqlAuthError,
  json,
  retryOnRotation,
  secretsCache,
} from '@secrets-cache/middy'
import { sdk } from '@secrets-cache/sdk'
// Loaded at INIT and not at the first refresh, because all environments share this machine's processors.
import '@aws-sdk/client-secrets-manager'
import { maxAge } from '../declared.ts'
import { type Credentials, openPool, queryPool, secretName } from './query.ts'

export const handler = middy()
  .use(
    secretsCache({
      secrets: { db: json<Credentials>(secretName) },
      source: firstOf(extension(), sdk()),
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
