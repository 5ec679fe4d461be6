import middy from '@middy/core'
import { secretsCache } from '@secrets-cache/middy'
import { configFile } from '@secrets-cache/middy/config-file'

interface Types {
  secrets: { four: Readonly<Record<string, string>>; 'prod/stripe/key': string }
  parameters: { hosts: readonly string[] }
}

// Read once, at INIT. A mistake in the file throws an error with its line and key.
export const declared = configFile<Types>()

export const handler = middy()
  .use(secretsCache(declared))
  .handler(async (_event, { secrets, parameters }) => ({
    keys: Object.keys(secrets.four),
    isStripeKeySet: secrets['prod/stripe/key'] !== '',
    hosts: parameters.hosts,
  }))
