// The same over node:http, with the connection kept: as lean as a helper can be.
import { Agent, get as httpGet } from 'node:http'
import middy from '@middy/core'
import { parameters, secrets } from './declared.ts'
import { received } from './received.ts'

const port = process.env['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'] || 2773
const agent = new Agent({ keepAlive: true })

// biome-ignore lint/suspicious/noExplicitAny: as helpers of this kind are written
const get = (path: string): Promise<any> =>
  new Promise((resolve, reject) => {
    const headers = { 'X-Aws-Parameters-Secrets-Token': process.env['AWS_SESSION_TOKEN'] as string }
    httpGet({ host: '127.0.0.1', port, path, headers, agent }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(body))
        else reject(new Error(`The extension answered ${response.statusCode}`))
      })
    }).on('error', reject)
  })

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
