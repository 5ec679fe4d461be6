import { getSecret } from '@aws-lambda-powertools/parameters/secrets'
import middy from '@middy/core'
import { maxAge } from '../declared.ts'
import { type Credentials, query, secretName } from './query.ts'

export const handler = middy().handler(async () =>
  query((await getSecret(secretName, { maxAge, transform: 'json' })) as unknown as Credentials),
)
