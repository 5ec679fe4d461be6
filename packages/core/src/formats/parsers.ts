import type { RawLeaf, RawValue } from '../shared/raw-value.ts'
import { parseJson } from './parse-json.ts'
import type { Parser } from './parser.ts'
import { validated } from './validate.ts'
import { wrongKind } from './wrong-kind.ts'

/** A text without a schema, as a bare string declares it. */
export const parseBareText: Parser = (raw) =>
  typeof raw === 'string' ? { ok: true, value: raw } : wrongKind(raw)

export const parseText: Parser = (raw, schema) =>
  typeof raw === 'string' ? validated(raw, schema) : wrongKind(raw)

export const parseJsonText: Parser = (raw, schema) => {
  if (typeof raw !== 'string') return wrongKind(raw)
  const parsed = parseJson(raw, schema)
  return parsed.ok ? validated(parsed.value, schema) : parsed
}

export const parseBinary: Parser = (raw) =>
  raw instanceof Uint8Array ? { ok: true, value: raw } : wrongKind(raw)

/** A StringList, or a text that is split at its commas. */
export const parseList: Parser = (raw, schema) => {
  if (typeof raw === 'string') return validated(raw === '' ? [] : raw.split(','), schema)
  return Array.isArray(raw) ? validated([...raw], schema) : wrongKind(raw)
}

export const parseTree: Parser = (raw, schema) =>
  isTree(raw) ? validated(copyOf(raw), schema) : wrongKind(raw)

function isTree(raw: RawValue): raw is { readonly [name: string]: RawLeaf } {
  return typeof raw === 'object' && !(raw instanceof Uint8Array) && !Array.isArray(raw)
}

function copyOf(tree: { readonly [name: string]: RawLeaf }): unknown {
  return Object.fromEntries(
    Object.entries(tree).map(([name, leaf]) => [name, typeof leaf === 'string' ? leaf : [...leaf]]),
  )
}
