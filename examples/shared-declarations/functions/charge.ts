import middy from '@middy/core'
import { pick, secretsCache } from '@secrets-cache/middy/with-source'
import { sdk } from '@secrets-cache/sdk'
import { parameters, secrets } from 'example-orders-secrets'

export const handler = middy()
  .use(
    secretsCache({
      source: sdk(),
      secrets: pick(secrets, 'database', 'stripeKey'),
      parameters: pick(parameters, 'limits'),
    }),
  )
  .handler(async (_event, context) => {
    const { database, stripeKey } = context.secrets
    return `charges with a key of ${stripeKey.length} characters, as ${database.user}, at most ${context.parameters.limits.maxItems} items`
  })
