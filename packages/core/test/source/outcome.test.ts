import { runInNewContext } from 'node:vm'
import { describe, expect, it } from '@jest/globals'
import { NotFoundError } from '../../src/errors/index.ts'
import { checkedOutcome, thrownOutcome } from '../../src/source/outcome.ts'

describe('checkedOutcome', () => {
  it.each<[string, unknown]>([
    ['a text', 'text'],
    ['an empty text', ''],
    ['bytes', new Uint8Array([1])],
    ['a list', ['a', '']],
    ['an empty list', []],
    ['a tree', { host: 'a', 'db/ports': ['1', '2'] }],
    ['a tree of another realm', runInNewContext('({ host: "a" })')],
  ])('takes %s for a value', (_, value) => {
    expect(checkedOutcome({ ok: true, value })).toEqual({
      ok: true,
      value,
      version: undefined,
      arn: undefined,
    })
  })

  it('keeps a version and an ARN that are texts, and nothing else', () => {
    const answer = { ok: true, value: 'x', version: '1', arn: 'arn:aws:x', more: 'y' }
    expect(checkedOutcome(answer)).toEqual({ ok: true, value: 'x', version: '1', arn: 'arn:aws:x' })
    expect(checkedOutcome({ ...answer, version: 1, arn: {} })).toMatchObject({
      version: undefined,
      arn: undefined,
    })
  })

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a number', 1],
    ['a list of numbers', [1]],
    ['a list with a hole in it', ['a', undefined]],
    ['a tree of trees', { a: { b: 'c' } }],
    ['a tree of numbers', { a: 1 }],
    ['a tree with a number in it', { a: 'b', c: 1 }],
    ['a tree with a list of numbers', { a: [1] }],
    ['a date', new Date(0)],
    ['a map', new Map()],
  ])('refuses %s as a value', (_, value) => {
    expect(checkedOutcome({ ok: true, value })).toMatchObject({
      ok: false,
      error: { code: 'SOURCE_FAILED', transient: true, reason: 'its outcome has no value of a known kind' },
    })
  })

  it.each([
    undefined,
    null,
    'text',
    {},
    { ok: 'true', value: 'x' },
    { ok: false },
    { ok: false, error: new Error('x') },
    { ok: 'false', error: new NotFoundError() },
  ])('refuses %j as an outcome', (answer) => {
    expect(checkedOutcome(answer)).toMatchObject({
      ok: false,
      error: { code: 'SOURCE_FAILED', reason: 'its outcome is neither a value nor an error' },
    })
  })

  it('keeps an error of the library, and drops what stands beside it', () => {
    const error = new NotFoundError()
    expect(checkedOutcome({ ok: false, error, value: 'secret' })).toEqual({ ok: false, error })
  })
})

describe('thrownOutcome', () => {
  it('keeps an error of the library', () => {
    const error = new NotFoundError()
    expect(thrownOutcome(error)).toEqual({ ok: false, error })
  })

  it('tells nothing but the class of what else was thrown', () => {
    const { error } = thrownOutcome(new TypeError('the secret is hunter2')) as { error: Error }
    expect(error).toMatchObject({ code: 'SOURCE_FAILED', reason: 'it threw TypeError' })
    expect(error).not.toHaveProperty('cause')
    expect(thrownOutcome('hunter2')).toMatchObject({
      error: { reason: 'it threw something that is not an error' },
    })
  })
})
