import { describe, expect, it } from '@jest/globals'
import { hold, isSameHeld, readHeld } from '../../src/cache/held.ts'
import { json, text } from '../../src/declare/declare.ts'
import type { RawValue } from '../../src/source/source.ts'

const bytes = (...values: number[]) => new Uint8Array(values)
const tree = { host: 'a', ports: ['1', '2'] }

describe('isSameHeld', () => {
  it.each<[RawValue, RawValue]>([
    ['a', 'a'],
    ['', ''],
    [bytes(1, 2), bytes(1, 2)],
    [bytes(1, 2), Buffer.from([1, 2])],
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    [tree, structuredClone(tree)],
  ])('takes %j and %j for the same', (a, b) => {
    expect(isSameHeld(hold(a, '1', undefined), hold(b, '2', undefined))).toBe(true)
  })

  it.each<[RawValue, RawValue]>([
    ['a', 'b'],
    ['1,2', bytes(1, 2)],
    [bytes(1, 2), '1,2'],
    ['["a"]', ['a']],
    [['a'], '["a"]'],
    [bytes(1), bytes(1, 2)],
    [bytes(1), ['1']],
    [['1'], bytes(1)],
    [{ 0: '1' }, bytes(1)],
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    [tree, { ...tree, host: 'b' }],
  ])('tells %j from %j', (a, b) => {
    expect(isSameHeld(hold(a, '1', undefined), hold(b, '1', undefined))).toBe(false)
  })
})

describe('hold', () => {
  it('keeps what was read where the bytes are unchanged, whatever the version', () => {
    const declared = json('a')
    const first = hold('{"a":1}', '1', undefined)
    const parsed = readHeld(first, declared)
    const second = hold('{"a":1}', '2', first)
    expect(second.version).toBe('2')
    expect(readHeld(second, declared)).toBe(parsed)
    expect(isSameHeld(first, second)).toBe(true)
  })

  it('keeps the bytes it had', () => {
    const first = hold(bytes(1), undefined, undefined)
    expect(hold(bytes(1), undefined, first).raw).toBe(first.raw)
  })

  it('reads anew what has changed', () => {
    const declared = text('a')
    const first = hold('a', '1', undefined)
    readHeld(first, declared)
    expect(readHeld(hold('b', '1', first), declared)).toEqual({ ok: true, value: 'b' })
  })
})

describe('readHeld', () => {
  it('reads once for each declaration', () => {
    const held = hold('{"a":1}', undefined, undefined)
    const declared = json('a')
    expect(readHeld(held, declared)).toBe(readHeld(held, declared))
    expect(readHeld(held, json('a'))).not.toBe(readHeld(held, declared))
  })

  it('answers at once when an asynchronous schema has settled', async () => {
    const schema = { '~standard': { version: 1, vendor: 'test', validate: async () => ({ value: 1 }) } }
    const held = hold('{}', undefined, undefined)
    const declared = json('a', schema as never)
    const pending = readHeld(held, declared)
    expect(pending).toBeInstanceOf(Promise)
    expect(readHeld(held, declared)).toBe(pending)
    expect(await pending).toEqual({ ok: true, value: 1 })
    expect(readHeld(held, declared)).toEqual({ ok: true, value: 1 })
  })
})
