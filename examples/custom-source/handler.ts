import middy from '@middy/core'
import { json, retryOnRotation, secretsCache } from '@secrets-cache/middy'
import { connect } from './database.ts'
import { files } from './source.ts'

interface Database {
  readonly user: string
  readonly password: string
}

export const handler = middy()
  .use(
    secretsCache({
      source: files(process.env['SECRETS_FOLDER'] ?? '/run/secrets'),
      secrets: { db: json<Database>('prod-db') },
    }),
  )
  .handler(async (_event, { secrets }) =>
    // retryOnRotation works with your own source as it does with AWS.
    retryOnRotation(secrets, 'db', connect, { when: (error) => error instanceof RangeError }),
  )
