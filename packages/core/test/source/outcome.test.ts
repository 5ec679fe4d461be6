import { runInNewContext } from 'node:vm'
import { describe, expect, it } from '@jest/globals'
import { NotFoundError, SeveralError } from '../../src/errors/index.ts'
import { checkedOutcome, outcomeOf, thrownOutcome } from '../../src/source/outcome.ts'

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

const fail = (): never => {
  throw new Error('canary')
}

describe('outcomeOf', () => {
  const hostile = (field: string) => Object.defineProperty({ ok: true }, field, { get: fail })
  const marked = (fields: object) => ({ [Symbol.for('@secrets-cache/core/error')]: {}, ...fields })

  it.each<[string, unknown]>([
    ['whose "ok" throws when it is looked at', hostile('ok')],
    ['whose value throws when it is looked at', hostile('value')],
    ['whose tree throws when it is looked at', { ok: true, value: new Proxy({}, { ownKeys: fail }) }],
    ['with a marked error that has no about', { ok: false, error: marked({ code: 'X', transient: true }) }],
    [
      'with a marked error whose about throws',
      { ok: false, error: marked({ code: 'X', transient: true, about: fail }) },
    ],
    ['with a marked error whose code is an object', { ok: false, error: marked({ code: {}, about() {} }) }],
    ['with the error of several keys', { ok: false, error: new SeveralError([new NotFoundError()]) }],
  ])('makes SOURCE_FAILED of an answer %s', async (_, answer) => {
    const outcome = await outcomeOf(Promise.resolve(answer))
    expect(outcome).toMatchObject({ ok: false, error: { code: 'SOURCE_FAILED', transient: true } })
    expect(JSON.stringify(outcome)).not.toContain('canary')
  })

  it.each<[string, unknown]>([
    ['an error whose name is a symbol', Object.assign(new Error('canary'), { name: Symbol('canary') })],
    ['an error whose name is long', Object.assign(new Error('canary'), { name: 'canary '.repeat(999) })],
    ['an error whose name throws', Object.defineProperty(new Error('canary'), 'name', { get: fail })],
    ['a proxy that throws', new Proxy({}, { has: fail, get: fail })],
    ['the error of several keys', new SeveralError([new NotFoundError(), new NotFoundError()])],
    ['nothing', undefined],
  ])('makes SOURCE_FAILED of %s that is thrown', async (_, thrown) => {
    const outcome = await outcomeOf(Promise.reject(thrown))
    expect(outcome).toMatchObject({ ok: false, error: { code: 'SOURCE_FAILED' } })
    expect(String((outcome as { error: Error }).error.message)).not.toContain('canary')
  })

  it('copies a list and a tree, which their source may change later', async () => {
    const value = { hosts: ['a'], name: 'x' }
    const outcome = await outcomeOf(Promise.resolve({ ok: true, value }))
    value.hosts.push('b')
    value.name = 'y'
    expect(outcome).toMatchObject({ value: { hosts: ['a'], name: 'x' } })
  })
})
