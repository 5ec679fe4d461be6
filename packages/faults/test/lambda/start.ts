import { setImmediate } from 'node:timers/promises'
import { afterEach } from '@jest/globals'
import { type Local, startLocal } from '@secrets-cache/local'
import { endAll, startLambda } from './lambda.ts'
import { startProxy } from './proxy.ts'

/** The sources that a function can use. */
export const sources = ['extension()', 'sdk()', 'firstOf()', 'direct()']

const closing: (() => unknown)[] = []

afterEach(async () => {
  endAll()
  for (const close of closing.splice(0)) await close()
})

/** An account with one secret; the cache of its layer is off. */
export async function startAccount(port = 0): Promise<Local> {
  const local = await startLocal({
    port,
    secrets: { 'prod/db': 'value 1' },
    environment: { PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED: 'false' },
  })
  closing.push(local.close)
  return local
}

/** A function over an account of its own. */
export async function start(source: string, options: object) {
  const local = await startAccount()
  return { local, lambda: await startLambda(source, options, local.environment) }
}

/** The same with a proxy between them, that can end their connections. */
export async function startBehindProxy(source: string, options: object) {
  const local = await startAccount()
  const proxy = await startProxy(local.port)
  closing.push(proxy.close)
  const lambda = await startLambda(source, options, {
    ...local.environment,
    PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(proxy.port),
    AWS_ENDPOINT_URL: `http://127.0.0.1:${proxy.port}`,
  })
  return { local, proxy, lambda }
}

/** Resolves when the next request arrives. */
export async function askedAgain({ calls }: Local): Promise<void> {
  const before = calls.total
  while (calls.total === before) await setImmediate()
}
