// Two copies of every package of ours in one process, as two versions in one node_modules would be.
import { registerHooks } from 'node:module'
import { parentPort } from 'node:worker_threads'
import middy from '@middy/core'

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    const isCopy = specifier.endsWith('?copy') || context.parentURL?.endsWith('?copy')
    if (!isCopy || !/\/packages\/(core|extension|middy)\//.test(found.url) || found.url.endsWith('?copy'))
      return found
    return { ...found, url: `${found.url}?copy` }
  },
})

type Middy = typeof import('@secrets-cache/middy')
const first: Middy = await import('@secrets-cache/middy')
const second: Middy = await import(`${import.meta.resolve('@secrets-cache/middy')}?copy`)

// Long, so that a slow machine does not fail the test.
const timeoutMilliseconds = 30_000

const handler = middy()
  .use(first.secretsCache({ secrets: { one: 'prod/db' }, timeoutMilliseconds }))
  .use(second.secretsCache({ secrets: { two: 'prod/db' }, timeoutMilliseconds }))
  .handler(async (_event: unknown, { secrets }) => [secrets.one, secrets.two])
const values = await handler({}, {} as never)

const gone = second.createSecrets({
  secrets: { gone: 'prod/gone' },
  source: second.extension(),
  timeoutMilliseconds,
})
const failed = await Promise.resolve()
  .then(() => gone.read())
  .catch((error: unknown) => error)

parentPort?.postMessage({
  areTwo: first.secretsCache !== second.secretsCache,
  values,
  isKnown: first.isSecretsCacheError(failed),
})
