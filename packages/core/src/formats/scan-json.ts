import { isExact } from './exact-number.ts'

/** What JSON.parse would change in silence, and where it stands in the text. */
export interface JsonFault {
  readonly kind: 'prototype' | 'duplicate' | 'number'
  readonly index: number
  /** The keys and array indices that lead there. */
  readonly path: readonly (string | number)[]
}

/** An object or array that is being read. */
interface Container {
  /** The keys so far; `undefined` for an array. */
  readonly keys: Set<string> | undefined
  /** The key or index that is being read. */
  at: string | number
}

const code = {
  quote: 34,
  comma: 44,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  openBrace: 123,
  closeBrace: 125,
} as const

/**
 * Looks through a text that JSON.parse accepts for what it would change in silence: a key `__proto__`, a key twice in
 * one object, a number with more digits than a number can hold. One pass without recursion, because JSON may be nested
 * deeper than the stack.
 */
export function scanJson(text: string): JsonFault | undefined {
  const containers: Container[] = []
  let container: Container | undefined
  // In an object, a string that follows `{` or `,` is a key.
  let isKeyNext = false
  const fault = (kind: JsonFault['kind'], index: number): JsonFault => ({
    kind,
    index,
    path: containers.map(({ at }) => at),
  })
  const open = (opened: Container) => {
    containers.push(opened)
    container = opened
    isKeyNext = opened.keys !== undefined
  }
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index)
    if (character === code.quote) {
      const end = endOfString(text, index)
      if (isKeyNext && container?.keys) {
        const key = keyIn(text.slice(index, end + 1))
        container.at = key
        if (key === '__proto__') return fault('prototype', index)
        const { size } = container.keys
        if (container.keys.add(key).size === size) return fault('duplicate', index)
        isKeyNext = false
      }
      index = end
    } else if (character === code.comma) {
      if (container?.keys) isKeyNext = true
      else if (container) container.at = (container.at as number) + 1
    } else if (character === code.openBrace) {
      open({ keys: new Set(), at: '' })
    } else if (character === code.openBracket) {
      open({ keys: undefined, at: 0 })
    } else if (character === code.closeBrace || character === code.closeBracket) {
      containers.pop()
      container = containers.at(-1)
      isKeyNext = false
    } else if (isNumberStart(character)) {
      const start = index
      while (isNumberPart(text.charCodeAt(index + 1))) index++
      // A number of three characters, such as 1e9, is always exact.
      if (index - start > 2 && !isExact(text.slice(start, index + 1))) return fault('number', start)
    }
  }
  return undefined
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end
}

function isEscaped(text: string, index: number): boolean {
  let count = 0
  while (text.charCodeAt(index - 1 - count) === code.backslash) count++
  return count % 2 === 1
}

function keyIn(literal: string): string {
  return literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1)
}

/** A digit or a minus sign. */
const isNumberStart = (character: number) => (character >= 48 && character <= 57) || character === 45

/** What may follow within a number: digits, `.`, `e`, `E`, `+`, `-`. */
const isNumberPart = (character: number) =>
  (character >= 48 && character <= 57) ||
  character === 46 ||
  character === 101 ||
  character === 69 ||
  character === 43 ||
  character === 45
