import { describe, expect, it } from '@jest/globals'
import { Entry } from '../../src/cache/entry.ts'
import { storedValue } from '../../src/cache/stored-value.ts'
import { json, text } from '../../src/declare/declare.ts'
import type { Declared } from '../../src/declare/declared.ts'
import { readingOf, readValue } from '../../src/keys/reading.ts'

const entry = new Entry('key', { kind: 'secret', id: 'a' })
const limit = 5_000
const read = (value: ReturnType<typeof storedValue>, declared: Declared<unknown>, now = 0) =>
  readValue(readingOf(entry, declared), value, declared, now, limit)
const asyncSchema = (validate: () => unknown) =>
  ({ '~standard': { version: 1, vendor: 'test', validate } }) as never

describe('readValue', () => {
  it('reads once for each format and schema', () => {
    const value = storedValue('{"a":1}', undefined)
    const declared = json('a')
    expect(read(value, declared)).toBe(read(value, declared))
    expect(read(value, json('a'))).toBe(read(value, declared))
    expect(read(value, text('a'))).not.toBe(read(value, declared))
    const schema = asyncSchema(() => ({ value: 1 }))
    expect(read(value, json('a', schema))).not.toBe(read(value, declared))
    expect(read(value, json('a', schema))).toBe(read(value, json('a', schema)))
  })

  it('reads anew what has changed', () => {
    const first = storedValue('a', undefined)
    read(first, text('a'))
    expect(read(storedValue('b', first), text('a'))).toEqual({ ok: true, value: 'b' })
  })

  it('answers at once when an asynchronous schema has settled', async () => {
    const declared = json(
      'a',
      asyncSchema(async () => ({ value: 1 })),
    )
    const value = storedValue('{}', undefined)
    const pending = read(value, declared)
    expect(pending).toBeInstanceOf(Promise)
    expect(read(value, declared)).toBe(pending)
    expect(await pending).toEqual({ ok: true, value: 1 })
    expect(read(value, declared)).toEqual({ ok: true, value: 1 })
  })

  it('starts an asynchronous schema again that has not settled in time', async () => {
    let calls = 0
    const declared = json(
      'a',
      asyncSchema(() => (++calls === 1 ? new Promise(() => {}) : Promise.resolve({ value: 2 }))),
    )
    const value = storedValue('{}', undefined)
    const hanging = read(value, declared)
    expect(read(value, declared, limit - 1)).toBe(hanging)
    expect(await read(value, declared, limit)).toEqual({ ok: true, value: 2 })
  })
})
