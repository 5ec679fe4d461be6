import { inspect } from 'node:util'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from '@jest/globals'
import { binary, json, list, text, tree } from '@secrets-cache/core'
import { type } from 'arktype'
import * as v from 'valibot'
import { z } from 'zod'
import type { Declared } from '../../src/declare/declared.ts'
import { parse } from '../../src/keys/parse.ts'
import type { RawValue } from '../../src/source/source.ts'

const read = async (declared: Declared<unknown>, raw: RawValue) => parse(declared, raw)
const valueIn = async (declared: Declared<unknown>, raw: RawValue) => {
  const parsed = await read(declared, raw)
  if (!parsed.ok) throw parsed.error
  return parsed.value
}

describe('parse', () => {
  it.each<[string, Declared<unknown>, RawValue, unknown]>([
    ['text', text('x'), '', ''],
    ['text that looks like JSON', text('x'), '{"a":1}', '{"a":1}'],
    ['JSON null', json('x'), 'null', null],
    ['JSON text', json('x'), '"a"', 'a'],
    ['JSON false', json('x'), 'false', false],
    ['an escaped key', json('x'), '{"\\u0061":1}', { a: 1 }],
    ['bytes', binary('x'), new Uint8Array([0, 255]), new Uint8Array([0, 255])],
    ['no bytes', binary('x'), new Uint8Array(), new Uint8Array()],
    ['a StringList', list('x'), ['a', ' b', ''], ['a', ' b', '']],
    ['an empty StringList', list('x'), [], []],
    ['a String split at its commas', list('x'), 'a,b', ['a', 'b']],
    ['an empty String as no items', list('x'), '', []],
    ['a tree', tree('/x'), { a: '1', 'b/c': ['d'] }, { a: '1', 'b/c': ['d'] }],
  ])('reads %s', async (_, declared, raw, value) => {
    await expect(valueIn(declared, raw)).resolves.toEqual(value)
  })

  it.each<[string, Declared<unknown>, RawValue, string]>([
    ['bytes as text', text('x'), new Uint8Array([1]), 'it is binary. Declare it with binary().'],
    ['a list as text', text('x'), ['a'], 'it is a StringList. Declare it with list().'],
    ['a list as JSON', json('x'), ['a'], 'it is a StringList'],
    ['bytes as JSON', json('x'), new Uint8Array([1]), 'it is binary'],
    ['text as bytes', binary('x'), 'YQ==', 'it is a text. Declare it with text().'],
    ['bytes as a list', list('x'), new Uint8Array([1]), 'it is binary'],
    ['text as a tree', tree('/x'), 'a', 'it is a text'],
    ['a list as a tree', tree('/x'), ['a'], 'it is a StringList'],
    ['bytes as a tree', tree('/x'), new Uint8Array([1]), 'it is binary'],
    ['a tree as text', text('x'), { a: 'b' }, 'it is a tree. Declare it with tree().'],
    ['a tree as a list', list('x'), { a: 'b' }, 'it is a tree'],
  ])('refuses %s, and says what it is', async (_, declared, raw, message) => {
    const parsed = await read(declared, raw)
    expect(parsed).toMatchObject({ ok: false, error: { code: 'WRONG_KIND', transient: true } })
    expect((parsed as { error: Error }).error.message).toContain(message)
  })

  it.each([
    '',
    '{',
    'canary',
    '{"a":1}x',
    "{'a':1}",
    '[1,]',
    'undefined',
    'NaN',
    '\ufeff{}',
    '{"canary":01}',
  ])('refuses %j as JSON without quoting it', async (raw) => {
    const parsed = await read(json('x'), raw)
    expect(parsed).toMatchObject({ ok: false, error: { code: 'INVALID_JSON' } })
    expect(inspect(parsed)).not.toContain('__proto__')
    expect(inspect(parsed, { depth: 9, showHidden: true })).not.toContain('canary')
  })

  it.each(['{"__proto__":{"admin":true}}', '[{"a":{"\\u005f_proto__":1}}]'])(
    'refuses the key __proto__ in %s',
    async (raw) => {
      await expect(valueIn(json('x'), raw)).rejects.toThrow(
        'it has a key "__proto__". Rename that key in the stored value.',
      )
    },
  )

  it('lets __proto__ through where it is a value', async () => {
    await expect(valueIn(json('x'), '{"a":"__proto__"}')).resolves.toEqual({ a: '__proto__' })
  })

  it('reads JSON nested deeper than the stack', async () => {
    const depth = 20_000
    await expect(valueIn(json('x'), '['.repeat(depth) + ']'.repeat(depth))).resolves.toBeInstanceOf(Array)
  })

  it('freezes what it reads, all the way down', async () => {
    const value = (await valueIn(json('x'), '{"a":[{"b":1}]}')) as { a: object[] }
    expect([value, value.a, value.a[0]].every(Object.isFrozen)).toBe(true)
    expect(Object.isFrozen(await valueIn(list('x'), 'a,b'))).toBe(true)
    const raw = { a: ['b'] }
    const leaves = (await valueIn(tree('/x'), raw)) as typeof raw
    expect([leaves, leaves.a].every(Object.isFrozen)).toBe(true)
    expect(Object.isFrozen(raw.a)).toBe(false)
  })
})

/** By numbers, as a schema may make a Map of JSON. */
const mapOf = (fields: unknown) =>
  new Map(Object.entries(fields as object).map(([key, value]) => [Number(key), value]))

describe('parse with a schema', () => {
  const standard = (validate: (value: unknown) => unknown) =>
    json('x', { '~standard': { version: 1, vendor: 'test', validate: validate as never } })

  it.each<[string, Declared<unknown>]>([
    ['zod', json('x', z.object({ port: z.coerce.number() }))],
    ['valibot', json('x', v.object({ port: v.pipe(v.string(), v.digits(), v.transform(Number)) }))],
    ['arktype', json('x', type({ port: 'string.numeric.parse' }))],
  ])('validates with %s and gives what the schema makes', async (_, declared) => {
    await expect(valueIn(declared, '{"port":"5432"}')).resolves.toEqual({ port: 5432 })
    await expect(valueIn(declared, '{"port":"canary"}')).rejects.toMatchObject({ code: 'SCHEMA_MISMATCH' })
  })

  it('names the paths that do not match, and quotes no value', async () => {
    const schema = z.object({ list: z.array(z.object({ port: z.literal(1) })), other: z.string().regex(/x/) })
    const error = await valueIn(json('x', schema), '{"list":[{"port":"canary"}],"other":"canary"}').catch(
      (thrown) => thrown,
    )

    expect((error as Error).message).toContain('at "list.0.port", at "other"')
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('canary')
  })

  it('is not asked about what is no JSON', async () => {
    expect(await read(json('x', z.any()), '{')).toMatchObject({ ok: false, error: { code: 'INVALID_JSON' } })
  })

  it('says that the whole value does not match where the issue has no path', async () => {
    await expect(valueIn(json('x', z.string()), '5')).rejects.toThrow(
      'does not match its schema: the whole value',
    )
  })

  it('says so too where the issue has no path at all', async () => {
    const declared = standard(() => ({ issues: [{ message: 'canary' }] }))
    await expect(valueIn(declared, '1')).rejects.toThrow('does not match its schema: the whole value')
  })

  it('names five paths at most', async () => {
    const schema = z.object(
      Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => [key, z.string()])),
    )
    await expect(valueIn(json('x', schema), '{}')).rejects.toThrow(/at "e"\. /)
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('canary')
      },
    ],
    ['rejects', () => Promise.reject(new Error('canary'))],
    [
      'gives a thenable whose then is async and throws',
      () => Object.defineProperty({}, 'then', { value: () => Promise.reject(new Error('canary')) }),
    ],
  ])('refuses what a validator %s at, without its error', async (_, validate) => {
    const error = await valueIn(standard(validate), '1').catch((thrown) => thrown)
    expect(error).toMatchObject({ code: 'SCHEMA_MISMATCH', reason: 'the validator threw' })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('canary')
  })

  it('refuses a schema that makes undefined', async () => {
    expect(
      await read(
        standard(() => ({ value: undefined })),
        '1',
      ),
    ).toMatchObject({ ok: false, error: { reason: 'the schema made it undefined' } })
  })

  it('reads a path of keys and of objects with a key', async () => {
    const path = [{ key: 'a' }, 0, Symbol('s')]
    const declared = standard(() => ({ issues: [{ message: 'canary', path }] }))
    const shape = { a: { element: { shape: { 'Symbol(s)': {} } } } }
    Object.assign(declared.schema as object, { shape })
    await expect(valueIn(declared, '{"a":[1]}')).rejects.toThrow('at "a.0.Symbol(s)"')
  })

  it.each<[string, Declared<unknown>]>([
    ['zod', json('x', z.preprocess(mapOf, z.map(z.number(), z.string())))],
    ['valibot', json('x', v.pipe(v.any(), v.transform(mapOf), v.map(v.number(), v.string())))],
    [
      'a schema by hand',
      standard(() => ({ issues: [{ message: '', path: [{ key: 4_111_111_111_111_111 }] }] })),
    ],
  ])('takes no number for an index where the value is no array: %s', async (_, declared) => {
    await expect(valueIn(declared, '{"4111111111111111":5}')).rejects.toThrow('at "[key]"')
  })

  it('awaits an asynchronous schema, of any realm', async () => {
    const foreign = runInNewContext('Promise.resolve({ value: 2 })')
    await expect(
      valueIn(
        standard(() => foreign),
        '1',
      ),
    ).resolves.toBe(2)
    await expect(
      valueIn(
        standard(async (value) => ({ value })),
        '1',
      ),
    ).resolves.toBe(1)
  })

  it('leaves a Map, a Date and a class to the user, and freezes plain objects around them', async () => {
    class Pool {}
    const made = { map: new Map(), date: new Date(0), pool: new Pool(), plain: { list: [1] } }
    const value = (await valueIn(
      standard(() => ({ value: made })),
      '1',
    )) as typeof made

    expect([value.map, value.date, value.pool].some(Object.isFrozen)).toBe(false)
    expect([value, value.plain, value.plain.list].every(Object.isFrozen)).toBe(true)
  })

  it('freezes a value that holds itself, and what was frozen only at its top', async () => {
    const cyclic: Record<string, unknown> = { inner: {} }
    cyclic['self'] = cyclic
    const value = (await valueIn(
      standard(() => ({ value: Object.freeze(cyclic) })),
      '1',
    )) as typeof cyclic
    expect(Object.isFrozen(value['inner'])).toBe(true)
  })

  it('validates a tree', async () => {
    const declared = tree('/x', z.object({ port: z.coerce.number() }))
    await expect(valueIn(declared, { port: '1' })).resolves.toEqual({ port: 1 })
  })
})
