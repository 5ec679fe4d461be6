import middy from '@middy/core'
import { pick, secretsCache } from '@secrets-cache/middy/with-source'
import { sdk } from '@secrets-cache/sdk'
import { parameters, secrets } from 'example-orders-secrets'

export const handler = middy()
  .use(
    secretsCache({
      source: sdk(),
      secrets: pick(secrets, 'database'),
      parameters: pick(parameters, 'carriers', 'limits'),
    }),
  )
  .handler(async (_event, context) => {
    const { carriers } = context.parameters
    return `ships with ${carriers.join(' or ')}, from ${context.secrets.database.host}`
  })
