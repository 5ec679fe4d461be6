import type { Declared } from '../declare/declare.ts'
import type { Schema, SchemaResult } from '../declare/standard-schema.ts'
import { SchemaError, WrongKindError } from '../errors/index.ts'
import type { Result } from '../shared/result.ts'
import type { RawLeaf, RawValue } from '../source/source.ts'
import { freeze } from './freeze.ts'
import { parseJson } from './parse-json.ts'
import { shownPath } from './shown-path.ts'

/** Reads a raw value as it was declared: right, or refused. A promise only where the schema is asynchronous. */
export function parse(
  declared: Declared<unknown>,
  raw: RawValue,
): Result<unknown> | Promise<Result<unknown>> {
  const shaped = shape(declared, raw)
  // Frozen last: a validator may work on its input.
  if (!shaped.ok) return shaped
  if (declared.schema) return validate(declared.schema, shaped.value)
  freeze(shaped.value)
  return shaped
}

function shape({ format, schema }: Declared<unknown>, raw: RawValue): Result<unknown> {
  switch (format) {
    case 'text':
      return typeof raw === 'string' ? { ok: true, value: raw } : wrongKind(raw)
    case 'json':
      return typeof raw === 'string' ? parseJson(raw, schema) : wrongKind(raw)
    case 'binary':
      return raw instanceof Uint8Array ? { ok: true, value: raw } : wrongKind(raw)
    case 'list':
      if (typeof raw === 'string') return { ok: true, value: raw === '' ? [] : raw.split(',') }
      return Array.isArray(raw) ? { ok: true, value: [...raw] } : wrongKind(raw)
    case 'tree':
      return isTree(raw) ? { ok: true, value: copyOf(raw) } : wrongKind(raw)
  }
}

function wrongKind(raw: RawValue): Result<unknown> {
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

function validate(schema: Schema<unknown>, value: unknown): Result<unknown> | Promise<Result<unknown>> {
  try {
    const result = schema['~standard'].validate(value)
    return isPromise(result) ? judgeLater(result, schema) : judge(result, schema)
  } catch {
    return threw()
  }
}

function judge(result: SchemaResult<unknown>, schema: unknown): Result<unknown> {
  if (result.issues) return { ok: false, error: new SchemaError({ reason: pathsOf(result.issues, schema) }) }
  if (result.value !== undefined) return { ok: true, value: freeze(result.value) }
  return { ok: false, error: new SchemaError({ reason: 'the schema made it undefined' }) }
}

/** An async function of ours: a promise of the schema's own may come from another realm, or be a mere thenable. */
async function judgeLater(
  result: PromiseLike<SchemaResult<unknown>>,
  schema: unknown,
): Promise<Result<unknown>> {
  try {
    return judge(await result, schema)
  } catch {
    return threw()
  }
}

/** The validator's own error may quote the value. */
function threw(): Result<unknown> {
  return { ok: false, error: new SchemaError({ reason: 'the validator threw' }) }
}

type Issues = NonNullable<SchemaResult<unknown>['issues']>

/** Where it does not match: the first five places. A validator's message may quote the value, so it is left out. */
function pathsOf(issues: Issues, schema: unknown): string {
  const paths = issues.map(({ path = [] }) =>
    path.map((step) => stepOf(typeof step === 'object' ? step.key : step)),
  )
  const places = paths.map((path) =>
    path.length === 0 ? 'the whole value' : `at ${shownPath(path, schema)}`,
  )
  return [...new Set(places)].slice(0, 5).join(', ')
}

function stepOf(key: PropertyKey): string | number {
  return typeof key === 'number' ? key : String(key)
}

function isPromise(candidate: unknown): candidate is PromiseLike<SchemaResult<unknown>> {
  return typeof (candidate as { then?: unknown }).then === 'function'
}
