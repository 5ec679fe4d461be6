import middy from '@middy/core'
import secretsManager from '@middy/secrets-manager'
import { maxAge } from '../declared.ts'
import { type Credentials, query, secretName } from './query.ts'

export const handler = middy()
  .use(secretsManager({ fetchData: { db: secretName }, cacheExpiry: maxAge * 1_000, setToContext: true }))
  .handler(async (_event, context) => query((context as unknown as { db: Credentials }).db))
