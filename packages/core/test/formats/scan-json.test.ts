import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isExact } from '../../src/formats/exact-number.ts'
import { scanJson } from '../../src/formats/scan-json.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Texts with all that could be taken for structure. */
const anyText = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '"',
    '\\',
    '\\"',
    '{"a":1,"a":2}',
    '12345678901234567890',
    '__proto__',
    ',',
    ']',
    '}',
    '\\\\"',
    '0',
  ),
)
const anyKey = anyText.filter((key) => key !== '__proto__')
const { value: anyJson } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, 0, -0, 1.5, -12, 1e21, 1e-7, 0.1, 123456789012345),
    anyText,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(anyKey, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

/** A place in a document, by the keys and indices that lead there. */
type Path = readonly (string | number)[]

const pathsIn = (value: Json, path: Path = []): Path[] => [
  path,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) =>
        pathsIn(child, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : []),
]

/** The document as text, with spaces, and with `text` in place of the value at one path. */
function written(value: Json, at: Path, text: string, path: Path = []): string {
  if (at.length === path.length && at.every((step, index) => step === path[index])) return ` ${text}\n`
  const child = ([key, one]: [string, Json], isArray: boolean) =>
    written(one, at, text, [...path, isArray ? Number(key) : key])
  if (Array.isArray(value))
    return `[${Object.entries(value)
      .map((entry) => child(entry, true))
      .join(' ,')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map((entry) => `${JSON.stringify(entry[0])} :${child(entry, false)}`)
  return `{ ${members.join(',\n')} }`
}

const documents = fc.tuple(anyJson, fc.nat()).map(([value, drawn]) => {
  const paths = pathsIn(value)
  return { value, at: paths[drawn % paths.length] as Path }
})

describe('scanJson', () => {
  it('finds nothing in what JSON.stringify writes', () => {
    fc.assert(
      fc.property(anyJson, fc.constantFrom(undefined, 2), (value, space) => {
        expect(scanJson(JSON.stringify(value, null, space))).toBeUndefined()
      }),
    )
  })

  it.each([
    ['number', '9007199254740993', []],
    ['number', '-1E400', []],
    ['number', '1e+400', []],
    ['duplicate', '{"x":[1,"a"],"y":{},"x":2}', ['x']],
    ['duplicate', '[{"x":1},{"x":1,"y":[{"x":1}],"\\u0078":3}]', [1, 'x']],
    ['prototype', '{"a":{"b":1},"\\u005f_proto__":3}', ['__proto__']],
    ['number', '[[0],[1,[2]],{"k":[3,"]"]},9007199254740993]', [3]],
  ] as const)('finds the %s in %s, wherever it stands', (kind, text, inner) => {
    fc.assert(
      fc.property(documents, ({ value, at }) => {
        const document = written(value, at, text)
        const fault = scanJson(document)
        expect(fault).toMatchObject({ kind, path: [...at, ...inner] })
        expect(JSON.stringify(JSON.parse(document))).not.toBe(document)
      }),
    )
  })

  it('gives the place where the number, or the second key, begins', () => {
    expect(scanJson('[1, 9007199254740993]')).toMatchObject({ index: 4 })
    expect(scanJson('{"a":1,  "a":2}')).toMatchObject({ index: 9 })
  })
})

describe('isExact', () => {
  it('holds of every number as JavaScript writes it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(isExact(String(number))).toBe(true)
        expect(isExact(number.toExponential())).toBe(true)
      }),
    )
  })

  it('holds of an integer exactly where BigInt agrees', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), fc.nat(3), (integer, zeros) => {
        const literal = `${integer}${'0'.repeat(zeros)}`
        const shortest = BigInt(Number(literal).toLocaleString('fullwide', { useGrouping: false }))
        expect(isExact(literal)).toBe(shortest === BigInt(literal))
      }),
    )
  })

  it.each([
    '1.10',
    '0.000',
    '-0.0e5',
    '1e3',
    '1000e-3',
    '12.50E+2',
    '0.1',
    '100000000000000000000',
    '5e-324',
  ])('holds of %s', (literal) => expect(isExact(literal)).toBe(true))

  it.each([
    '0.12345678901234567890',
    '1e400',
    '-1e400',
    '1e-400',
    '12345678901234567.5',
    '123456789012345.6789',
  ])('does not hold of %s', (literal) => expect(isExact(literal)).toBe(false))
})
