import { refuse } from './bad-file.ts'

/** Deeper nesting is refused, because recursion over it would exhaust the stack. */
export const DEEPEST = 500

const MARK = /[{}[\],:]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these inside a text.
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/
const LITERAL = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/
const TOKEN = new RegExp(`[ \\t\\r\\n]*(?:(${MARK.source})|(${TEXT.source})|(${LITERAL.source}))`, 'y')

const ANY_TOKEN = new RegExp(TOKEN.source, 'g')

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or end'

export interface JsonError {
  readonly offset: number
  readonly why: string
}

/** Where a text stops being acceptable JSON, and why; undefined when it is acceptable. */
export const jsonError = (text: string): JsonError | undefined => {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let end = 0
  for (;;) {
    const spaces = /[ \t\r\n]*/y
    spaces.lastIndex = end
    const start = end + (spaces.exec(text)?.[0].length ?? 0)
    if (start === text.length && expected === 'comma or end' && open.length === 0) return undefined
    TOKEN.lastIndex = end
    const match = TOKEN.exec(text)
    const next: Expected | undefined | null =
      match && step(match[1] ?? (match[2] === undefined ? 'literal' : 'text'), expected, open)
    if (!next) return { offset: start, why: 'this is not JSON from here on' }
    if (open.length > DEEPEST) return { offset: start, why: `this is nested deeper than ${DEEPEST} levels` }
    expected = next
    end = TOKEN.lastIndex
  }
}

/** What may follow a token, or undefined when the token may not stand here. */
const step = (token: string, expected: Expected, open: ('{' | '[')[]): Expected | undefined => {
  if (expected === 'colon') return token === ':' ? 'value' : undefined
  if (expected === 'key' || (expected === 'key or }' && token !== '}'))
    return token === 'text' ? 'colon' : undefined
  if (expected === 'comma or end' && token === ',' && open.length > 0)
    return open.at(-1) === '{' ? 'key' : 'value'
  const closes = expected === 'comma or end' || expected === 'value or ]' || expected === 'key or }'
  if (token === '}' || token === ']') {
    if (!closes || open.pop() !== (token === '}' ? '{' : '[')) return undefined
    return 'comma or end'
  }
  if (expected === 'comma or end') return undefined
  if (token === '{' || token === '[') {
    open.push(token)
    return token === '{' ? 'key or }' : 'value or ]'
  }
  return token === 'text' || token === 'literal' ? 'comma or end' : undefined
}

/** Parses JSON from a user. V8 does not give the place of every mistake, and its message quotes the text. */
export const parseJson = (place: string, text: string): unknown => {
  const error = jsonError(text)
  if (!error) return JSON.parse(text)
  return refuse(`${place}:${lineAndColumn(text, error.offset)}`, error.why)
}

export const LOSES_DIGITS = 'this number would lose digits: put it in quotes'

/** Whether a number that was read is most likely another one than was written. */
export const losesDigits = (value: unknown): boolean =>
  typeof value === 'number' && !Number.isSafeInteger(Math.trunc(value))

/** As `parseJson`, for values: refuses what JSON.parse would change in silence. */
export const parseJsonValues = (place: string, text: string): unknown => {
  const content = parseJson(place, text)
  const loss = lossIn(text)
  return loss ? refuse(`${place}:${lineAndColumn(text, loss.offset)}`, loss.why) : content
}

/** A key that stands twice in one object, or a number that loses digits. */
const lossIn = (text: string): JsonError | undefined => {
  /** The keys of each object that is open; an array has none. */
  const open: (Set<string> | undefined)[] = []
  let isKeyNext = false
  for (const { 0: whole, 1: mark, 2: quoted, 3: literal, index } of text.matchAll(ANY_TOKEN)) {
    const keys = open.at(-1)
    const offset = index + whole.search(/[^ \t\r\n]/)
    if (mark === '{' || mark === '[') open.push(mark === '{' ? new Set() : undefined)
    else if (mark === '}' || mark === ']') open.pop()
    else if (quoted !== undefined && isKeyNext && keys) {
      const key = JSON.parse(quoted) as string
      if (keys.has(key)) return { offset, why: 'this key stands twice' }
      keys.add(key)
    } else if (literal && /\d/.test(literal) && losesDigits(Number(literal)))
      return { offset, why: LOSES_DIGITS }
    isKeyNext = mark === '{' || mark === ','
  }
  return undefined
}

/** Line and column from 1. */
export const lineAndColumn = (text: string, offset: number): string => {
  const before = text.slice(0, offset).split('\n')
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`
}
