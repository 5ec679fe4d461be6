import type { Declared } from '../declare/declare.ts'
import type { Schema, SchemaResult } from '../declare/standard-schema.ts'
import { SchemaError, type SecretsCacheError, WrongKindError } from '../errors/index.ts'
import type { RawLeaf, RawValue } from '../source/source.ts'
import { freeze } from './freeze.ts'
import { parseJson } from './parse-json.ts'

/** What a declaration reads in a raw value. */
export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: SecretsCacheError }

/** Reads a raw value as it was declared: right, or refused. A promise only where the schema is asynchronous. */
export function parse(declared: Declared<unknown>, raw: RawValue): Parsed | Promise<Parsed> {
  const shaped = shape(declared, raw)
  // Frozen last: a validator may work on its input.
  if (!shaped.ok) return shaped
  if (declared.schema) return validate(declared.schema, shaped.value)
  freeze(shaped.value)
  return shaped
}

function shape({ format }: Declared<unknown>, raw: RawValue): Parsed {
  switch (format) {
    case 'text':
      return typeof raw === 'string' ? { ok: true, value: raw } : wrongKind(raw)
    case 'json':
      return typeof raw === 'string' ? parseJson(raw) : wrongKind(raw)
    case 'binary':
      return raw instanceof Uint8Array ? { ok: true, value: raw } : wrongKind(raw)
    case 'list':
      if (typeof raw === 'string') return { ok: true, value: raw === '' ? [] : raw.split(',') }
      return Array.isArray(raw) ? { ok: true, value: [...raw] } : wrongKind(raw)
    case 'tree':
      return isTree(raw) ? { ok: true, value: copyOf(raw) } : wrongKind(raw)
  }
}

function wrongKind(raw: RawValue): Parsed {
  const [kind, format] =
    typeof raw === 'string'
      ? ['a text', 'text']
      : raw instanceof Uint8Array
        ? ['binary', 'binary']
        : Array.isArray(raw)
          ? ['a StringList', 'list']
          : ['a tree', 'tree']
  const error = new WrongKindError({ reason: `it is ${kind}`, remedy: `Declare it with ${format}().` })
  return { ok: false, error }
}

function isTree(raw: RawValue): raw is { readonly [name: string]: RawLeaf } {
  return typeof raw === 'object' && !(raw instanceof Uint8Array) && !Array.isArray(raw)
}

function copyOf(tree: { readonly [name: string]: RawLeaf }): unknown {
  return Object.fromEntries(
    Object.entries(tree).map(([name, leaf]) => [name, typeof leaf === 'string' ? leaf : [...leaf]]),
  )
}

function validate(schema: Schema<unknown>, value: unknown): Parsed | Promise<Parsed> {
  try {
    const result = schema['~standard'].validate(value)
    return isPromise(result) ? judgeLater(result) : judge(result)
  } catch {
    return threw()
  }
}

function judge(result: SchemaResult<unknown>): Parsed {
  if (result.issues) return { ok: false, error: new SchemaError({ reason: pathsOf(result.issues) }) }
  if (result.value !== undefined) return { ok: true, value: freeze(result.value) }
  return { ok: false, error: new SchemaError({ reason: 'the schema made it undefined' }) }
}

/** An async function of ours: a promise of the schema's own may come from another realm, or be a mere thenable. */
async function judgeLater(result: PromiseLike<SchemaResult<unknown>>): Promise<Parsed> {
  try {
    return judge(await result)
  } catch {
    return threw()
  }
}

/** The validator's own error may quote the value. */
function threw(): Parsed {
  return { ok: false, error: new SchemaError({ reason: 'the validator threw' }) }
}

type Issues = NonNullable<SchemaResult<unknown>['issues']>

/** Where it does not match, by path only. A key on the path is part of the shape; array indices are too. */
function pathsOf(issues: Issues): string {
  const paths = issues.map(({ path = [] }) =>
    path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.'),
  )
  const named = [...new Set(paths)]
    .slice(0, 5)
    .map((path) => (path === '' ? 'the whole value' : `at ${JSON.stringify(path)}`))
  return named.join(', ')
}

function isPromise(candidate: unknown): candidate is PromiseLike<SchemaResult<unknown>> {
  return typeof (candidate as { then?: unknown }).then === 'function'
}
