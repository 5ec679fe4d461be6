import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { jsonError, lineAndColumn } from '../src/files/json-file.ts'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('jsonError', () => {
  it('finds nothing wrong with JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1), (text, indent) => {
        expect(jsonError(JSON.stringify(JSON.parse(text), null, indent))).toBeUndefined()
      }),
    )
  })

  it('agrees with JSON.parse about text that was damaged', () => {
    const piece = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', ' ', '\n', 'x', '-', '"', 'null')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('')
        expect(jsonError(text) === undefined).toBe(isJson(text))
      }),
      { numRuns: 5000 },
    )
  })

  it.each([
    ['{"a": 1,}', 8],
    ['{"a" 1}', 5],
    ['[1, 2', 5],
    ['', 0],
    ["{'a': 1}", 1],
    ['{"a": 1} x', 9],
  ])('says where %j goes wrong', (text, offset) => {
    expect(jsonError(text)?.offset).toBe(offset)
  })
})

describe('lineAndColumn', () => {
  it('counts both from 1', () => {
    expect(lineAndColumn('ab\ncd', 4)).toBe('2:2')
  })
})
