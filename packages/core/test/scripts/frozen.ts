// Reads a secret from a server that answers at once or never, for a parent that freezes it half way.
import { request } from 'node:http'
import { createSecrets, type Outcome, type Source, UnreachableError } from '@secrets-cache/core'
import { createCache } from '@secrets-cache/core/testing'

const source: Source = {
  name: 'server',
  identity: 'server',
  fetch: (references, { signal }) => references.map(({ id }) => ask(id, signal)),
}

function ask(id: string, signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve) => {
    const asking = request(`${process.argv[2]}/${id}`, { signal }, async (response) => {
      let value = ''
      for await (const chunk of response) value += chunk
      resolve({ ok: true, value })
    })
    asking.on('error', () => resolve({ ok: false, error: new UnreachableError() }))
    asking.end()
  })
}

const cache = createCache({ limits: { loadTimeout: 700 } })
const reader = createSecrets({
  source,
  secrets: { a: 'a' },
  cache,
  timeoutMilliseconds: 400,
  prefetch: false,
})
const began = Date.now()
const result = await (async () => reader.read())().then(
  ({ secrets }) => secrets.a,
  ({ code }: { code: string }) => code,
)
console.log(JSON.stringify({ result, milliseconds: Date.now() - began }))
