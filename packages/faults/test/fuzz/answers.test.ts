import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Source } from '@secrets-cache/core'
import { createCache } from '@secrets-cache/core/testing'
import { createSecrets, extension } from '@secrets-cache/middy'
import { sdk } from '@secrets-cache/sdk'
import fc from 'fast-check'
import { anyAnswer, startOdd } from './any-answer.ts'
import { mustBeTyped, numRuns, settle, timeout } from './settle.ts'

jest.setTimeout(timeout)

describe('any answer', () => {
  let odd: Awaited<ReturnType<typeof startOdd>>
  let client: SecretsManagerClient
  beforeAll(async () => {
    odd = await startOdd()
    client = new SecretsManagerClient({
      endpoint: `http://127.0.0.1:${odd.port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'id', secretAccessKey: 'key' },
      maxAttempts: 1,
    })
  })
  afterAll(async () => {
    client.destroy()
    await odd.close()
  })

  it.each<[string, () => Source]>([
    ['extension()', () => extension({ port: odd.port, token: () => 'token', environment: {} })],
    ['sdk()', () => sdk({ secretsManager: client })],
  ])('is a value or a typed error over %s, and leaves nothing behind', async (_name, sourceOf) => {
    const source = sourceOf()
    const read = (id: string) => {
      const cache = createCache()
      const options = { source, cache, prefetch: false, timeoutMilliseconds: 20_000 }
      return settle(async () => (await createSecrets({ ...options, secrets: { db: id } }).read()).secrets.db)
    }
    await fc.assert(
      fc.asyncProperty(anyAnswer, async (answer) => {
        odd.state.answer = answer
        const { value, thrown } = await read('fuzz')
        if (thrown === undefined) expect(typeof value).toBe('string')
        else mustBeTyped(thrown)
        // The broken connection is not used again; the SDK notices only at its second attempt.
        const after = await read('sane')
        const isSecondDue = source.name === 'sdk' && after.thrown !== undefined
        expect(isSecondDue ? await read('sane') : after).toEqual({ value: 'sane value' })
      }),
      { numRuns },
    )
  })
})
