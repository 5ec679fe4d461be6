import { SchemaError } from '../errors/index.ts'
import type { Result } from '../shared/result.ts'
import { isThenable, promiseOf } from '../shared/thenable.ts'
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
    return isThenable(result) ? judgeLater(result, schema, value) : judge(result, schema, value)
  } catch {
    return threw()
  }
}

function judge(result: SchemaResult<unknown>, schema: unknown, input: unknown): Result<unknown> {
  if (result.issues) {
    return { ok: false, error: new SchemaError({ reason: pathsOf(result.issues, schema, input) }) }
  }
  if (result.value !== undefined) return { ok: true, value: freeze(result.value) }
  return { ok: false, error: new SchemaError({ reason: 'the schema made it undefined' }) }
}

/** An async function of ours: a promise of the schema's own may come from another realm, or be a mere thenable. */
async function judgeLater(
  result: PromiseLike<SchemaResult<unknown>>,
  schema: unknown,
  input: unknown,
): Promise<Result<unknown>> {
  try {
    return judge(await promiseOf(result), schema, input)
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
function pathsOf(issues: Issues, schema: unknown, input: unknown): string {
  const paths = issues.map(({ path = [] }) =>
    stepsOf(
      path.map((step) => (typeof step === 'object' ? step.key : step)),
      input,
    ),
  )
  const places = paths.map((path) =>
    path.length === 0 ? 'the whole value' : `at ${shownPath(path, schema)}`,
  )
  return [...new Set(places)].slice(0, 5).join(', ')
}

/** A number is an index only where the value is an array; elsewhere, in a Map say, it is a key out of the data. */
function stepsOf(path: readonly PropertyKey[], input: unknown): readonly (string | number)[] {
  let at = input
  return path.map((key) => {
    const isIndex = typeof key === 'number' && Array.isArray(at)
    at = (Object(at) as Readonly<Record<PropertyKey, unknown>>)[key]
    return isIndex ? key : String(key)
  })
}
