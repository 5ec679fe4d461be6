import { describe, expect, it } from '@jest/globals'
import { type } from 'arktype'
import * as v from 'valibot'
import { z } from 'zod'
import { parseJson } from '../../src/formats/parse-json.ts'

const reasonOf = (text: string, schema?: unknown) => {
  const result = parseJson(text, schema)
  return result.ok ? undefined : result.error.reason
}

describe('parseJson', () => {
  it.each([
    '{"a":9007199254740991}',
    '[0,-0,0.1,1e3,1E+3,0.30000000000000004,1.7976931348623157e308,5e-324,-12.50,100000000000000000000]',
    '{"a":"9007199254740993","b":{"a":1},"c":[{"a":1},{"a":1}]}',
    '{"":{"":""},"\\u0061":1}',
    '"\\\\"',
    '  null ',
  ])('reads %s as JSON.parse does', (text) => {
    expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) })
  })

  it.each([
    ['{"accountId":9007199254740993}', 14],
    ['{"accountId":-9007199254740993}', 14],
    ['[1,1e400]', 4],
    ['[1,1e-400]', 4],
    ['[3.141592653589793238]', 2],
    ['[12345678901234567890]', 2],
  ])('refuses the number in %s, which would lose digits', (text, column) => {
    const result = parseJson(text)
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'INVALID_JSON', reason: expect.stringContaining(`line 1, column ${column}`) },
    })
    expect(!result.ok && result.error.remedy).toContain('Quote it')
  })

  it.each([
    ['{"a":1,"a":2}', 'line 1, column 8'],
    ['{"a":1,\n "\\u0061":2}', 'line 2, column 2'],
    ['[{"x":{"a":1,"b":2,"a":3}}]', 'line 1, column 20'],
  ])('refuses a key that stands twice in %s', (text, place) => {
    expect(reasonOf(text)).toBe(`a key stands twice in one object, at ${place}`)
  })

  it.each(['{"__proto__":1}', '{"\\u005f_proto__":1}', '[{"a":{"__proto__":{}}}]'])(
    'refuses the key __proto__ in %s',
    (text) => {
      expect(reasonOf(text)).toBe('it has a key "__proto__"')
    },
  )

  it('takes __proto__ in a value for a text', () => {
    expect(parseJson('{"a":"__proto__"}')).toEqual({ ok: true, value: { a: '__proto__' } })
  })

  it('reads JSON that is nested 100,000 deep, with an escape', () => {
    const text = `${'['.repeat(100_000)}"\\u0041"${']'.repeat(100_000)}`
    expect(parseJson(text).ok).toBe(true)
  })

  it.each([
    ['zod', z.object({ ids: z.array(z.object({ accountId: z.number().optional() })) })],
    ['valibot', v.object({ ids: v.array(v.object({ accountId: v.optional(v.number()) })) })],
    ['arktype', type({ ids: type({ 'accountId?': 'number' }).array() })],
  ])('shows the path where the schema of %s names it', (name, schema) => {
    const text = '{"ids":[{"accountId":9007199254740993}]}'
    const path = name === 'arktype' ? '"ids.0.[key]"' : '"ids.0.accountId"'
    expect(reasonOf(text, schema)).toContain(`at ${path}, line 1, column 22`)
  })

  it('hides a key that comes out of the data', () => {
    const text = '{"tokens":{"sk_canary":{"deep":9007199254740993}}}'
    const schema = z.object({ tokens: z.record(z.string(), z.object({ deep: z.number() })) })
    expect(reasonOf(text, schema)).toContain('at "tokens.[key]", line 1')
    expect(reasonOf(text)).not.toMatch(/canary|tokens/)
  })

  it.each([
    ['\ufeff{"a":1}', 'it holds the invisible character U+FEFF, a byte order mark, at line 1, column 1'],
    ['{"a":\u00a01}', 'it holds the invisible character U+00A0, at line 1, column 6'],
    ['{\n"a":\u200b1}', 'it holds the invisible character U+200B, at line 2, column 5'],
    ['{"a":"b\u00a0c",}', 'unexpected text at line 1, column 12'],
    ['{"a":"b\nc"}', 'it holds the invisible character U+000A, at line 1, column 8'],
    ['{"a":"b\tc"}', 'it holds the invisible character U+0009, at line 1, column 8'],
    ['', 'it is empty'],
    ['[1,2', 'unexpected text at line 1, column 5'],
    ['x in JSON at position 7', undefined],
  ])('says of %j: %s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason)
  })
})
