import middy from '@middy/core'
import { json, list, secretsCache } from '@secrets-cache/middy'

interface Database {
  host: string
  user: string
  password: string
}

export const handler = middy()
  .use(
    secretsCache({
      secrets: { db: json<Database>('prod/orders/db'), stripe: 'prod/stripe/key' },
      parameters: { hosts: list('/prod/orders/hosts') },
      maxAge: 1, // seconds; 300 where it is left out
    }),
  )
  .handler(async (_event, { secrets, parameters }) => ({
    database: `${secrets.db.user}@${secrets.db.host}`,
    isStripeKeySet: secrets.stripe !== '',
    hosts: parameters.hosts,
  }))
