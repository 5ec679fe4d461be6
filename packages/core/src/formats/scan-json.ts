import { isExact } from './exact-number.ts'

/** What JSON.parse would change in silence, and where it stands in the text. */
export interface JsonFault {
  readonly kind: 'prototype' | 'duplicate' | 'number'
  readonly index: number
  /** The keys and array indices that lead there. */
  readonly path: readonly (string | number)[]
}

interface Container {
  /** The keys so far; `undefined` for an array. */
  readonly keys: Set<string> | undefined
  /** The key or index that is being read. */
  at: string | number
}

const backslash = 92

/**
 * Looks through a text that JSON.parse accepts for what it would change in silence: a key `__proto__`, a key twice in
 * one object, a number with more digits than a number can hold. One pass without recursion, because JSON may be nested
 * deeper than the stack.
 */
export function scanJson(text: string): JsonFault | undefined {
  const containers: Container[] = []
  const fault = (kind: JsonFault['kind'], index: number): JsonFault => ({
    kind,
    index,
    path: containers.map(({ at }) => at),
  })
  // In an object, a string that follows `{` or `,` is a key.
  let isKeyNext = false
  for (let index = 0; index < text.length; index++) {
    const container = containers.at(-1)
    switch (text[index]) {
      case '{':
        containers.push({ keys: new Set(), at: '' })
        isKeyNext = true
        break
      case '[':
        containers.push({ keys: undefined, at: 0 })
        isKeyNext = false
        break
      case '}':
      case ']':
        containers.pop()
        isKeyNext = false
        break
      case ',':
        if (container?.keys) isKeyNext = true
        else if (container) container.at = (container.at as number) + 1
        break
      case '"': {
        const end = endOfString(text, index)
        if (isKeyNext && container?.keys) {
          const key = keyIn(text.slice(index, end + 1))
          container.at = key
          if (key === '__proto__') return fault('prototype', index)
          if (container.keys.has(key)) return fault('duplicate', index)
          container.keys.add(key)
          isKeyNext = false
        }
        index = end
        break
      }
      default:
        if (!isNumberStart(text.charCodeAt(index))) break
        {
          const start = index
          while (isNumberPart(text.charCodeAt(index + 1))) index++
          if (!isExact(text.slice(start, index + 1))) return fault('number', start)
        }
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
  while (text.charCodeAt(index - 1 - count) === backslash) count++
  return count % 2 === 1
}

function keyIn(literal: string): string {
  return literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1)
}

/** A digit or a minus sign. */
const isNumberStart = (code: number) => (code >= 48 && code <= 57) || code === 45

/** What may follow within a number: digits, `.`, `e`, `E`, `+`, `-`. */
const isNumberPart = (code: number) =>
  (code >= 48 && code <= 57) || code === 46 || code === 101 || code === 69 || code === 43 || code === 45
