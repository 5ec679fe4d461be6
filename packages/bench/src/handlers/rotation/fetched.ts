// The layer alone, with the shortest TTL.
import middy from '@middy/core'
import { query, secretName } from './query.ts'

const port = process.env['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] || 2773

export const handler = middy().handler(async () => {
  const response = await fetch(`http://localhost:${port}/secretsmanager/get?secretId=${secretName}`, {
    headers: { 'X-Aws-Parameters-Secrets-Token': process.env['AWS_SESSION_TOKEN'] as string },
  })
  const { SecretString } = (await response.json()) as { SecretString: string }
  return query(JSON.parse(SecretString))
})
