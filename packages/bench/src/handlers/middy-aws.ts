// Middy's own middlewares as their documentation recommends them: on the context, prefetched at INIT.
import middy from '@middy/core'
import secretsManager from '@middy/secrets-manager'
import ssm from '@middy/ssm'
import { maxAge, parameters, secrets } from './declared.ts'
import { received } from './received.ts'

const cacheExpiry = maxAge * 1_000

const wrapped = middy()
if (process.env['SECRETS'] !== '0') {
  wrapped.use(secretsManager({ fetchData: secrets, cacheKey: 'secrets', cacheExpiry, setToContext: true }))
}
if (process.env['PARAMETERS'] !== '0') {
  wrapped.use(ssm({ fetchData: parameters, cacheKey: 'parameters', cacheExpiry, setToContext: true }))
}

export const handler = wrapped.handler(async (_event, context) => received(context, context))
