import middy from '@middy/core'
import { parameters, secrets } from './declared.ts'
import { received } from './received.ts'

export const port = process.env['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] || 2773
export const headers = () => ({
  'X-Aws-Parameters-Secrets-Token': process.env['AWS_SESSION_TOKEN'] as string,
})

// biome-ignore lint/suspicious/noExplicitAny: as helpers of this kind are written
export type Get = (path: string) => Promise<any>

/** A handler that asks the layer for each value in each invocation, without a library. */
export function handlerOver(get: Get) {
  const secret = async (name: string) =>
    (await get(`/secretsmanager/get?secretId=${encodeURIComponent(name)}`)).SecretString

  const parameter = async (name: string) =>
    (await get(`/systemsmanager/parameters/get?name=${encodeURIComponent(name)}`)).Parameter.Value

  return middy().handler(async () => {
    const [ofSecrets, ofParameters] = await Promise.all([all(secrets, secret), all(parameters, parameter)])
    return received(ofSecrets, ofParameters)
  })
}

async function all(names: Readonly<Record<string, string>>, one: (name: string) => Promise<string>) {
  const pairs = Object.entries(names).map(async ([key, name]) => [key, await one(name)])
  return Object.fromEntries(await Promise.all(pairs))
}
