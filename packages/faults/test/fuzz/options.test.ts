import { describe, it, jest } from '@jest/globals'
import type { Source } from '@secrets-cache/core'
import { createCache, memorySource } from '@secrets-cache/core/testing'
import { direct } from '@secrets-cache/direct'
import { createSecrets, extension, secretsCache } from '@secrets-cache/middy'
import { sdk } from '@secrets-cache/sdk'
import fc from 'fast-check'
import { mustBeTyped, numRuns, settle, timeout } from './settle.ts'

jest.setTimeout(timeout)

const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true })
const reference = fc.oneof(
  anything,
  fc.constant('a'),
  fc.record({
    format: fc.constantFrom('text', 'json', 'list', 'tree', 'x'),
    id: anything,
    options: anything,
  }),
)
const declaration = fc.oneof(
  anything,
  fc.dictionary(fc.string({ minLength: 1 }), reference, { minKeys: 1, maxKeys: 2 }),
)
const shared = {
  maxAge: anything,
  staleIfError: anything,
  staleWhileRevalidate: anything,
  timeoutMilliseconds: anything,
  prefetch: anything,
  onEvent: anything,
  source: anything,
  cache: anything,
  anythingElse: anything,
}
const ofCache = { secrets: declaration, parameters: declaration, ...shared }
const ofSource = {
  port: anything,
  connections: anything,
  dispatcher: anything,
  token: anything,
  agent: anything,
  environment: anything,
  region: anything,
  concurrency: anything,
  credentials: anything,
  secretsManager: anything,
  ssm: anything,
  anythingElse: anything,
}
const valid = { secrets: { db: 'a' }, source: memorySource({ secrets: { a: 'value' } }) }

/** Anything; any of these options; or one of them wrong, as the first wrong option hides the others. */
function optionsOf(all: Readonly<Record<string, fc.Arbitrary<unknown>>>, others: () => object) {
  const one = fc.oneof(...Object.entries(all).map(([name, any]) => any.map((given) => ({ [name]: given }))))
  return fc.oneof(
    anything,
    fc.record(all, { requiredKeys: [] }),
    one.map((wrong) => ({ ...others(), ...wrong })),
  )
}

const cacheOptions = optionsOf(ofCache, () => ({ ...valid, cache: createCache() }))
const sourceOptions = optionsOf(ofSource, () => ({}))

/** Makes a source and a reader over it, without loading anything. */
const describeSource = (make: (given: never) => Source) => (given: never) =>
  createSecrets({
    secrets: { db: 'a' },
    source: make(given),
    cache: createCache(),
    prefetch: false,
  }).describe()

describe('any options', () => {
  it.each<[string, (given: never) => unknown, fc.Arbitrary<unknown>]>([
    ['secretsCache()', secretsCache, cacheOptions],
    ['createSecrets()', (given) => createSecrets(given).read(), cacheOptions],
    ['extension()', describeSource(extension), sourceOptions],
    ['sdk()', describeSource(sdk), sourceOptions],
    ['direct()', describeSource(direct), sourceOptions],
  ])('make %s or a typed error', async (_name, make, options) => {
    await fc.assert(
      fc.asyncProperty(options, async (some) => {
        const { thrown } = await settle(() => make(some as never))
        if (thrown !== undefined) mustBeTyped(thrown)
      }),
      { numRuns },
    )
  })
})
