import { JsonError } from '../errors/index.ts'
import type { Result } from '../shared/result.ts'
import { type JsonFault, scanJson } from './scan-json.ts'
import { shownPath } from './shown-path.ts'

const faults = {
  prototype: { reason: 'it has a key "__proto__"', remedy: 'Rename that key in the stored value.' },
  duplicate: {
    reason: 'a key stands twice in one object',
    remedy: 'Remove one of them from the stored value.',
  },
  number: {
    reason: 'a number has more digits than a JavaScript number can hold',
    remedy: 'Quote it in the stored value, so that it is read as text.',
  },
} as const

/**
 * Strict JSON, refused where JSON.parse would change something in silence. The parser's own message quotes the text,
 * so only the place is told.
 */
export function parseJson(text: string, schema?: unknown): Result<unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return refuse(syntaxReason(text, error))
  }
  const fault = scanJson(text)
  return fault ? refuse(reasonOf(fault, text, schema), faults[fault.kind].remedy) : { ok: true, value }
}

function refuse(reason: string | undefined, remedy?: string): Result<unknown> {
  return { ok: false, error: new JsonError({ reason, remedy }) }
}

function reasonOf({ kind, index, path }: JsonFault, text: string, schema: unknown): string {
  const { reason } = faults[kind]
  if (kind === 'prototype') return reason
  const shown = shownPath(path, schema)
  return `${reason}, at ${shown === undefined ? '' : `${shown}, `}${placeOf(text, index)}`
}

/** Characters that an editor does not show, or shows as something else. */
const invisible = /(?![\t\n\r ])[\p{Cc}\p{Cf}\p{Z}]/gu

/** Why a text is no JSON, as far as that can be told without the text. */
function syntaxReason(text: string, error: unknown): string | undefined {
  if (text === '') return 'it is empty'
  const index = text.search(invisible)
  // Within a text most of them are allowed: one is to blame where the rest is JSON without them.
  if (index >= 0 && isJson(text.replace(invisible, ''))) return holds(text, index)
  const [, position] =
    /in JSON at position (\d+)(?: \(line \d+ column \d+\))?$/.exec(String((error as Error).message)) ?? []
  if (position === undefined) return index >= 0 ? holds(text, index) : undefined
  const at = Number(position)
  // A line break or a tab within a text, of a key that was pasted say.
  return text.charCodeAt(at) < 32 ? holds(text, at) : `unexpected text at ${placeOf(text, at)}`
}

function holds(text: string, index: number): string {
  const code = text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')
  const name = code === 'FEFF' ? ', a byte order mark' : ''
  return `it holds the invisible character U+${code}${name}, at ${placeOf(text, index)}`
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function placeOf(text: string, index: number): string {
  const lines = text.slice(0, index).split('\n')
  return `line ${lines.length}, column ${(lines.at(-1) as string).length + 1}`
}
