// The SDK in each invocation, so that no value is ever old.
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import middy from '@middy/core'
import { query, secretName } from './query.ts'

const client = new SecretsManagerClient()

export const handler = middy().handler(async () => {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretName }))
  return query(JSON.parse(SecretString as string))
})
