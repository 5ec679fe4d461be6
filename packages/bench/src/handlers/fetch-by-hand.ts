// What most articles on the layer show: a fetch per value, in each invocation.
import middy from '@middy/core'
import { parameters, secrets } from './declared.ts'
import { received } from './received.ts'

const port = process.env['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] || 2773

// biome-ignore lint/suspicious/noExplicitAny: as helpers of this kind are written
async function get(path: string): Promise<any> {
  const response = await fetch(`http://localhost:${port}${path}`, {
    headers: { 'X-Aws-Parameters-Secrets-Token': process.env['AWS_SESSION_TOKEN'] as string },
  })
  if (!response.ok) throw new Error(`The extension answered ${response.status}`)
  return response.json()
}

const secret = async (name: string) =>
  (await get(`/secretsmanager/get?secretId=${encodeURIComponent(name)}`)).SecretString

const parameter = async (name: string) =>
  (await get(`/systemsmanager/parameters/get?name=${encodeURIComponent(name)}`)).Parameter.Value

async function all(names: Readonly<Record<string, string>>, one: (name: string) => Promise<string>) {
  const pairs = Object.entries(names).map(async ([key, name]) => [key, await one(name)])
  return Object.fromEntries(await Promise.all(pairs))
}

export const handler = middy().handler(async () => {
  const [ofSecrets, ofParameters] = await Promise.all([all(secrets, secret), all(parameters, parameter)])
  return received(ofSecrets, ofParameters)
})
