// A script with nothing else that would keep its process: it waits for a source that never answers, or for a rotation.
import { createSecrets, retryOnRotation } from '@secrets-cache/core'
import { createCache, memorySource } from '@secrets-cache/core/testing'

const values = memorySource({ secrets: { db: 'old' } })
const neverAnswers = process.argv[2] === 'silence'
const source = neverAnswers ? { ...values, fetch: () => [new Promise<never>(() => {})] } : values
const { read } = createSecrets({
  source,
  secrets: { db: 'db' },
  prefetch: false,
  timeoutMilliseconds: 100,
  cache: createCache({ limits: { loadTimeout: 200 } }),
})

const refuse = () => Promise.reject(new Error('access denied'))
const outcome = await (async () => {
  const { secrets } = await read()
  return retryOnRotation(secrets, 'db', refuse, { when: () => true })
})().catch((error: Error & { code?: string }) => error.code ?? error.message)
console.log(outcome)
