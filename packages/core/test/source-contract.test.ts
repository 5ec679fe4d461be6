import { describe, expect, it } from '@jest/globals'
import { NotFoundError, type Source } from '@secrets-cache/core'
import {
  fakeClock,
  fetchContext,
  firstOfWith,
  memorySource,
  sourceContract,
} from '@secrets-cache/core/testing'

const values = {
  secrets: { a: 'first-canary', b: '', c: new Uint8Array([1, 2]) },
  parameters: { '/l': ['x', 'y'] },
}
const setup = {
  known: [
    { reference: { kind: 'secret', id: 'a' }, value: 'first-canary' },
    { reference: { kind: 'secret', id: 'b' }, value: '' },
    { reference: { kind: 'secret', id: 'c' }, value: new Uint8Array([1, 2]) },
    { reference: { kind: 'parameter', id: '/l', decrypt: true }, value: ['x', 'y'] },
  ],
  missing: [{ kind: 'secret', id: 'nowhere' }],
} as const

describe('memorySource', () => {
  for (const { name, run } of sourceContract({ ...setup, source: () => memorySource(values) })) it(name, run)
})

describe('firstOf', () => {
  const unreachable: Source = {
    ...memorySource({}),
    name: 'down',
    identity: 'down',
    refreshable: false,
    fetch: () => Promise.reject(new Error('down')),
  }
  const source = () => firstOfWith(fakeClock(), [unreachable, memorySource(values)])
  for (const { name, run } of sourceContract({ ...setup, source })) it(name, run)
})

describe('sourceContract', () => {
  const memory = memorySource(values)
  const failing = async (overrides: Partial<Source>, tellsMissing = true) => {
    const source = { ...memory, ...overrides }
    const results = await Promise.allSettled(
      sourceContract({ ...setup, tellsMissing, source: () => source }).map(async ({ name, run }) => {
        await run().catch(() => {
          throw name
        })
      }),
    )
    return results.flatMap((result) => (result.status === 'rejected' ? [result.reason as string] : []))
  }

  it.each<[string, Partial<Source>, string]>([
    ['has no identity', { identity: '' }, 'has a name and an identity that stays'],
    [
      'mixes up the order',
      { fetch: async (asked, context) => [...(await memory.fetch(asked, context))].toReversed() },
      'answers each reference in its place',
    ],
    [
      'drops duplicates',
      { fetch: (asked, context) => memory.fetch([...new Set(asked)], context) },
      'answers a reference asked twice in one call twice',
    ],
    [
      'gives a number for a version',
      {
        fetch: async (asked, context) =>
          (await memory.fetch(asked, context)).map((outcome) => ({ ...outcome, version: 1 }) as never),
      },
      'gives a version that is text, or none',
    ],
    [
      'rejects',
      {
        fetch: async (asked, context) => {
          if (asked.some(({ id }) => id === 'nowhere')) throw new NotFoundError()
          return memory.fetch(asked, context)
        },
      },
      'answers the others when one is missing',
    ],
    [
      'quotes values',
      { fetch: async () => [{ ok: false, error: new NotFoundError({ reason: 'first-canary' }) }] },
      'keeps values out of its errors',
    ],
  ])('finds a source that %s', async (_, overrides, broken) => {
    await expect(failing(overrides)).resolves.toContain(broken)
  })

  it('is given a context that hears nothing, unless a test brings its own', () => {
    const { emit, fresh, onRetry, signal } = fetchContext()
    emit('degraded', () => ({ source: 'x', reason: 'y' }))
    onRetry(setup.known[0].reference, new NotFoundError())
    expect([fresh, signal.aborted, fetchContext({ fresh: true }).fresh]).toEqual([false, false, true])
  })

  it('does not ask a forced fetch of a source that cannot', async () => {
    await expect(failing({ refreshable: false })).resolves.toEqual([])
  })

  it('does not ask a source to tell what it cannot', async () => {
    const opaque: Partial<Source> = {
      fetch: async (asked, context) =>
        (await Promise.all(await memory.fetch(asked, context))).map((outcome) =>
          outcome.ok ? outcome : { ok: false, error: new NotFoundError() },
        ),
    }
    await expect(failing(opaque, false)).resolves.toEqual([])
  })
})
