import middy from '@middy/core'
import { parametersCache, pick } from '@secrets-cache/middy/with-source'
import { sdk } from '@secrets-cache/sdk'
import { parameters } from 'example-orders-secrets'

export const handler = middy()
  .use(parametersCache({ source: sdk(), parameters: pick(parameters, 'carriers') }))
  .handler(async (_event, context) => `reports on ${context.parameters.carriers.length} carriers`)
