import { inspect } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { createSecrets, type Source } from '@secrets-cache/core'
import { harness } from '../helpers.ts'

/** Its `then` returns a promise that rejects, instead of calling back. */
const failing = Object.defineProperty({}, 'then', {
  value: async () => {
    throw new Error('canary')
  },
})

describe('a source that breaks its contract', () => {
  const fetches: Record<string, Source['fetch']> = {
    'throws at once': () => {
      throw new Error('canary')
    },
    rejects: async () => Promise.reject(new Error('canary')),
    'rejects one outcome': () => [Promise.reject(new Error('canary'))],
    'answers with nothing': async () => undefined as never,
    'answers with too little': async () => [],
    'answers with what is no list': async () => 'canary' as never,
    'answers with a thenable whose then is async and throws': () => failing as never,
    'has such a thenable for an outcome': async () => [failing] as never,
    'has a getter that throws': () =>
      ({
        get 0() {
          throw new Error('canary')
        },
        length: 1,
      }) as never,
  }

  it.each(Object.entries(fetches))('%s: the read fails with a typed error', async (_, fetch) => {
    const { cache, clock } = harness()
    const reader = createSecrets({
      source: { name: 'own', identity: 'own', fetch },
      cache,
      prefetch: false,
      secrets: { a: 'a' },
    })
    const error = await Promise.resolve(reader.read()).catch((thrown: Error) => thrown)

    expect(error).toMatchObject({ code: 'SOURCE_FAILED', key: 'secrets.a', source: 'own', transient: true })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('canary')
    expect(clock.timers()).toBe(0)
  })
})
