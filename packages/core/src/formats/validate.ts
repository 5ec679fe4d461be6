import { SchemaError } from '../errors/index.ts'
import type { Result } from '../shared/result.ts'
import { freeze } from './freeze.ts'
import { shownPath } from './shown-path.ts'
import type { Schema, SchemaResult } from './standard-schema.ts'

/** A value validated by its schema, if it has one, and frozen. A promise only where the schema is asynchronous. */
export function validated(
  value: unknown,
  schema: Schema<unknown> | undefined,
): Result<unknown> | Promise<Result<unknown>> {
  // Frozen last: a validator may work on its input.
  return schema ? validate(schema, value) : { ok: true, value: freeze(value) }
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
