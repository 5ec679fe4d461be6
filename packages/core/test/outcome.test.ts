import { inspect } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { createSecrets, NotFoundError, type Source } from '@secrets-cache/core'
import { checkedOutcome, thrownOutcome } from '../src/outcome.ts'
import { harness } from './helpers.ts'

describe('checkedOutcome', () => {
  it.each([
    'text',
    '',
    new Uint8Array([1]),
    [],
    ['a', 'b'],
    {},
    { a: 'b', c: ['d'] },
    Object.assign(Object.create(null), { a: 'b' }),
  ])('takes %p for a value', (value) => {
    expect(checkedOutcome({ ok: true, value })).toEqual({
      ok: true,
      value,
      version: undefined,
      arn: undefined,
    })
  })

  it('takes version and ARN where they are text', () => {
    const outcome = { ok: true, value: 'x', version: 'v1', arn: 'arn:aws:x' }
    expect(checkedOutcome(outcome)).toEqual(outcome)
    expect(checkedOutcome({ ...outcome, version: 1, arn: null })).toEqual({ ok: true, value: 'x' })
  })

  it.each([undefined, null, 5, true, [1], ['a', 2], { a: 1 }, { a: [1] }, new Map(), () => 1])(
    'refuses %p as a value',
    (value) => {
      expect(checkedOutcome({ ok: true, value })).toMatchObject({
        ok: false,
        error: { code: 'SOURCE_FAILED', reason: 'its outcome has no value of a known kind' },
      })
    },
  )

  it.each([
    undefined,
    null,
    5,
    'text',
    {},
    { ok: 'yes' },
    { ok: false },
    { ok: false, error: new Error('canary') },
  ])('refuses %p as an outcome, and shows nothing of it', (answer) => {
    const outcome = checkedOutcome(answer)
    expect(outcome).toMatchObject({ error: { reason: 'its outcome is neither a value nor an error' } })
    expect(inspect(outcome, { depth: 9, showHidden: true })).not.toContain('canary')
  })

  it('takes an error of this library', () => {
    const error = new NotFoundError()
    expect(checkedOutcome({ ok: false, error })).toEqual({ ok: false, error })
    expect(thrownOutcome(error)).toEqual({ ok: false, error })
  })
})

describe('thrownOutcome', () => {
  it.each([
    [new TypeError('canary'), 'it threw TypeError'],
    ['canary', 'it threw something that is not an error'],
    [undefined, 'it threw something that is not an error'],
  ])('tells of %p no more than its class', (thrown, reason) => {
    const outcome = thrownOutcome(thrown)
    expect(outcome).toMatchObject({ ok: false, error: { code: 'SOURCE_FAILED', reason } })
    expect(inspect(outcome, { depth: 9, showHidden: true })).not.toContain('canary')
  })
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
