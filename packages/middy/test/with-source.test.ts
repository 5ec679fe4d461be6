import { describe, expect, it } from '@jest/globals'
import middy from '@middy/core'
import type { Source } from '@secrets-cache/core'
import { memorySource } from '@secrets-cache/core/testing'
import * as withDefault from '@secrets-cache/middy'
import * as withSource from '@secrets-cache/middy/with-source'
import { expectTypeOf } from 'expect-type'
import { lambdaContext, ownCache } from './helpers/invoke.ts'

const { json, parametersCache, secretsCache, withSecrets } = withSource
const stored = { secrets: { a: '1', b: '2', db: { user: 'app' } }, parameters: { '/p': '3' } }

describe('@secrets-cache/middy/with-source', () => {
  it('has the names of the other entry, but for extension()', () => {
    const { extension: _, ...others } = withDefault
    expect(Object.keys(withSource).sort()).toEqual(Object.keys(others).sort())
  })

  it('fetches from the source that is named', async () => {
    const { cache } = ownCache()
    const handler = middy()
      .use(
        secretsCache({ source: memorySource(stored), cache, secrets: { db: json<{ user: string }>('db') } }),
      )
      .use(parametersCache({ source: memorySource(stored), cache, parameters: { p: '/p' } }))
      .handler(async (_event, { secrets, parameters }) => {
        expectTypeOf(secrets.db).toEqualTypeOf<{ user: string }>()
        // @ts-expect-error not declared
        secrets.typo
        return [secrets.db.user, parameters.p]
      })
    expect(await handler({}, lambdaContext())).toEqual(['app', '3'])
    const plain = withSecrets(
      { source: memorySource(stored), cache, secrets: { a: 'a' } },
      async (_event: object, { secrets }) => secrets.a,
    )
    expect(await plain({}, lambdaContext())).toBe('1')
  })

  it('refuses at once what names no source', () => {
    const wrong = [
      // @ts-expect-error there is no default source
      () => secretsCache({ secrets: { a: 'a' } }),
      // @ts-expect-error there is no default source
      () => parametersCache({ parameters: { p: '/p' } }),
      // @ts-expect-error there is no default source
      () => withSecrets({ secrets: { a: 'a' } }, async () => 0),
      // @ts-expect-error a source is not left out by undefined
      () => secretsCache({ secrets: { a: 'a' }, source: undefined }),
    ]
    for (const make of wrong) {
      expect(make).toThrow(
        expect.objectContaining({
          code: 'CONFIGURATION',
          message: expect.stringContaining('source is undefined. Give extension(), direct(), sdk(), or'),
        }),
      )
    }
  })

  it('shares the cache and the views of the other entry', async () => {
    const asked: string[] = []
    const counted = memorySource(stored)
    const source: Source = {
      ...counted,
      fetch: (...given: Parameters<typeof counted.fetch>) => {
        asked.push(...given[0].map(({ id }) => id))
        return counted.fetch(...given)
      },
    }
    const handler = middy()
      .use(withDefault.secretsCache({ source, secrets: { a: 'a' } }))
      .use(secretsCache({ source, secrets: { again: 'a', b: 'b' } }))
      .handler(async (_event, { secrets }) => [secrets.a, secrets.again, secrets.b])
    expect(await handler({}, lambdaContext())).toEqual(['1', '1', '2'])
    expect(asked).toEqual(['a', 'b'])
    const conflicting = middy()
      .use(withDefault.secretsCache({ source, secrets: { a: 'a' } }))
      .use(secretsCache({ source, secrets: { a: 'b' } }))
      .handler(async () => 0)
    await expect(conflicting({}, lambdaContext())).rejects.toThrow('declare it differently')
  })
})
