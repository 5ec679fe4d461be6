import { describe, expect, it } from '@jest/globals'
import { hasSameBytes, storedValue } from '../../src/cache/stored-value.ts'
import type { RawValue } from '../../src/source/source.ts'

const bytes = (...values: number[]) => new Uint8Array(values)
const tree = { host: 'a', ports: ['1', '2'] }

describe('hasSameBytes', () => {
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
    expect(hasSameBytes(storedValue(a, undefined), b)).toBe(true)
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
    expect(hasSameBytes(storedValue(a, undefined), b)).toBe(false)
  })
})

describe('storedValue', () => {
  it('stays one object while the bytes are unchanged, whatever the version', () => {
    const first = storedValue('{"a":1}', undefined)
    expect(storedValue('{"a":1}', first)).toBe(first)
  })

  it('keeps the bytes it had', () => {
    const first = storedValue(bytes(1), undefined)
    expect(storedValue(bytes(1), first).raw).toBe(first.raw)
  })

  it('is another object where the bytes have changed', () => {
    const first = storedValue('a', undefined)
    expect(storedValue('b', first)).not.toBe(first)
    expect(storedValue('b', first).raw).toBe('b')
  })
})
