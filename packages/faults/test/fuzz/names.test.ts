import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, jest } from '@jest/globals'
import middy from '@middy/core'
import { createCache, memorySource } from '@secrets-cache/core/testing'
import { createSecrets, extension, secretsCache } from '@secrets-cache/middy'
import fc from 'fast-check'
import { numRuns, settle, timeout } from './settle.ts'

jest.setTimeout(timeout)

const oddNames = ['../x', '%00', '?a=b', '#', '&secretId=x', ' ', '.', '..', '\u202e', '\ufeff', 'a\u2028b']
const anyName = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.constantFrom(...oddNames),
)

const oddKeys = ['__proto__', 'hasOwnProperty', 'constructor', 'length', 'name', '0', '', 'toLocaleString']
const anyKey = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...oddKeys))

/** A layer that has every secret, and remembers what it was asked for. */
async function startLayer() {
  const asked: (string | null)[] = []
  const server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://127.0.0.1').searchParams.get('secretId'))
    response.end(JSON.stringify({ SecretString: 'value' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    asked,
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe('any name', () => {
  it('is asked for as it is, or refused when the middleware is made', async () => {
    await using layer = await startLayer()
    const { asked, port } = layer
    const source = extension({ port, token: () => 'token', environment: {} })
    await fc.assert(
      fc.asyncProperty(anyName, async (id) => {
        asked.length = 0
        const { value, thrown } = await settle(async () => {
          const { read } = createSecrets({ secrets: { db: id }, source, cache: createCache() })
          return (await read()).secrets.db
        })
        if (thrown === undefined) expect([value, asked]).toEqual(['value', [id]])
        else expect([Object(thrown).code, asked]).toEqual(['CONFIGURATION', []])
      }),
      { numRuns },
    )
  })

  it('as a key gives its value, or is refused when the middleware is made', async () => {
    const source = memorySource({ secrets: { a: 'value' } })
    await fc.assert(
      fc.asyncProperty(anyKey, async (one) => {
        const { value, thrown } = await settle(async () => {
          const secrets = Object.fromEntries([[one, 'a']])
          const handler = middy()
            .use(secretsCache({ secrets, source, cache: createCache() }))
            .handler(async (_event: unknown, context) => (context.secrets as Record<string, unknown>)[one])
          return handler({}, {} as never)
        })
        if (thrown === undefined) expect(value).toBe('value')
        else expect(Object(thrown).code).toBe('CONFIGURATION')
      }),
      { numRuns },
    )
  })
})
