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
    // A source of one's own is refreshable: everything that works with AWS works with it.
    retryOnRotation(secrets, 'db', connect, { when: (error) => error instanceof RangeError }),
  )
