import { ConfigurationError } from '../errors/index.ts'
import type { Parser } from '../formats/parser.ts'
import {
  parseBareText,
  parseBinary,
  parseJsonText,
  parseList,
  parseText,
  parseTree,
} from '../formats/parsers.ts'
import type { Schema } from '../formats/standard-schema.ts'
import { checkNode } from '../shared/check-node.ts'
import type { Declared, Format, ReferenceOptions, TreeOptions } from './declared.ts'

// Whatever reads a declaration has this module in its bundle, and so this check. What uses nothing of it may leave it out.
checkNode()

// A second copy of the package recognises a reference by this mark, and reads with the parser that is its value.
const marker = Symbol.for('@secrets-cache/core/declared')

/** Whether `candidate` was made by one of the functions here, whichever copy of them. */
export function isDeclared(candidate: unknown): candidate is Declared<unknown> {
  return typeof candidate === 'object' && candidate !== null && marker in candidate
}

/** The parser that a reference brings along. */
export function parserOf(declared: Declared<unknown>): Parser {
  return (declared as unknown as { readonly [marker]: Parser })[marker]
}

function declare<Value, F extends Format>(
  format: F,
  parser: Parser,
  id: string,
  options: ReferenceOptions & TreeOptions = {},
  schema?: Schema<Value>,
): Declared<Value, F> {
  const declared = { format, id, schema, options }
  Object.defineProperty(declared, marker, { value: parser })
  return Object.freeze(declared)
}

/** What a bare string in a declaration means: `text()` without options. */
export function bareText(id: string): Declared<string, 'text'> {
  return declare('text', parseBareText, id)
}

/**
 * A value as the text it is. A bare string in a declaration means the same.
 * With a schema the text is validated, or changed: `text('prod/stripe/key', z.string().trim())`.
 * @example createSecrets({ source, secrets: { stripe: text('prod/stripe/key', { stage: 'AWSPENDING' }) } })
 */
export function text<Value, Fallback = never>(
  id: string,
  schema: Schema<Value>,
  options?: ReferenceOptions<Fallback>,
): Declared<Value | NoInfer<Fallback>, 'text'>
export function text<Fallback = never>(
  id: string,
  options?: ReferenceOptions<Fallback>,
): Declared<string | NoInfer<Fallback>, 'text'>
export function text(
  id: string,
  schemaOrOptions?: Schema<unknown> | ReferenceOptions,
  options?: ReferenceOptions,
): Declared<unknown, 'text'> {
  return isSchema(schemaOrOptions)
    ? declare('text', parseText, id, options, schemaOrOptions)
    : declare('text', parseText, id, refuseThird(schemaOrOptions, options))
}

/**
 * A value that is JSON, strictly.
 * With a schema it is validated and has the schema's type; `json<T>(id)` takes your word for `T`, unchecked.
 * Objects and arrays are frozen all the way down. A library that writes into them gets `structuredClone(value)`.
 * @example createSecrets({ source, secrets: { db: json<{ user: string; password: string }>('prod/orders/db') } })
 */
export function json<Value, Fallback = never>(
  id: string,
  schema: Schema<Value>,
  options?: ReferenceOptions<Fallback>,
): Declared<Value | NoInfer<Fallback>, 'json'>
export function json<Value = unknown>(id: string, options?: ReferenceOptions<Value>): Declared<Value, 'json'>
export function json(
  id: string,
  schemaOrOptions?: Schema<unknown> | ReferenceOptions,
  options?: ReferenceOptions,
): Declared<unknown, 'json'> {
  return isSchema(schemaOrOptions)
    ? declare('json', parseJsonText, id, options, schemaOrOptions)
    : declare('json', parseJsonText, id, refuseThird(schemaOrOptions, options))
}

/**
 * The bytes of a SecretBinary, copied for each reader.
 * @example createSecrets({ source, secrets: { certificate: binary('prod/orders/certificate') } })
 */
export function binary<Fallback = never>(
  id: string,
  options?: ReferenceOptions<Fallback>,
): Declared<Uint8Array | NoInfer<Fallback>, 'binary'> {
  return declare('binary', parseBinary, id, options)
}

/**
 * The items of a StringList, or of a String or SecureString that is split at its commas; validated with a schema.
 * @example createSecrets({ source, parameters: { hosts: list('/prod/orders/hosts') } })
 */
export function list<Value, Fallback = never>(
  id: string,
  schema: Schema<Value>,
  options?: ReferenceOptions<Fallback>,
): Declared<Value | NoInfer<Fallback>, 'list'>
export function list<Fallback = never>(
  id: string,
  options?: ReferenceOptions<Fallback>,
): Declared<readonly string[] | NoInfer<Fallback>, 'list'>
export function list(
  id: string,
  schemaOrOptions?: Schema<unknown> | ReferenceOptions,
  options?: ReferenceOptions,
): Declared<unknown, 'list'> {
  return isSchema(schemaOrOptions)
    ? declare('list', parseList, id, options, schemaOrOptions)
    : declare('list', parseList, id, refuseThird(schemaOrOptions, options))
}

/**
 * The parameters below a path, by the rest of their name: `/prod/orders/db/host` in `tree('/prod/orders',
 * { recursive: true })` is `db/host`. A StringList is an array. With a schema the record is validated.
 * @example createSecrets({ source, parameters: { orders: tree('/prod/orders', { recursive: true }) } })
 */
export function tree<Value, Fallback = never>(
  path: string,
  schema: Schema<Value>,
  options?: TreeOptions<Fallback>,
): Declared<Value | NoInfer<Fallback>, 'tree'>
export function tree<Fallback = never>(
  path: string,
  options?: TreeOptions<Fallback>,
): Declared<Readonly<Record<string, string | readonly string[]>> | NoInfer<Fallback>, 'tree'>
export function tree(
  path: string,
  schemaOrOptions?: Schema<unknown> | TreeOptions,
  options?: TreeOptions,
): Declared<unknown, 'tree'> {
  return isSchema(schemaOrOptions)
    ? declare('tree', parseTree, path, options, schemaOrOptions)
    : declare('tree', parseTree, path, refuseThird(schemaOrOptions, options))
}

function isSchema(candidate: unknown): candidate is Schema<unknown> {
  // An arktype schema is a function.
  const isObject = typeof candidate === 'object' ? candidate !== null : typeof candidate === 'function'
  return isObject && '~standard' in (candidate as object)
}

/** A second argument that is no Standard Schema, followed by options, was meant as one. */
function refuseThird<Options>(second: Options | undefined, third: unknown): Options | undefined {
  if (third === undefined && typeof second !== 'function') return second
  throw new ConfigurationError({
    reason: 'the schema has no "~standard" property',
    remedy: 'Pass a Standard Schema: zod 3.24 or newer, valibot 1, arktype 2.',
  })
}
