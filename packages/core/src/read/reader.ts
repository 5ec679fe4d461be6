import { type Declared, isDeclared, text } from '../declare/declare.ts'
import type { Reference } from '../declare/reference.ts'
import { referenceOf, type ViewName } from '../declare/reference-of.ts'
import { type CacheTimes, type Times, timesOf } from '../declare/times.ts'
import { ConfigurationError } from '../errors/index.ts'
import { isPlainObject, nameOf } from '../shared/check.ts'
import type { Source } from '../source/source.ts'

/** One declared key of one middleware: what it fetches, how it reads it, and how old it may be. */
export interface Reader {
  /** The key with its view: `secrets.db`. */
  readonly label: string
  readonly key: string
  readonly view: ViewName
  readonly declared: Declared<unknown>
  readonly reference: Reference
  readonly source: Source
  readonly times: Times
}

/** `then` would make a view a promise to `await`; the others are what printing and copying look for. */
const reservedKeys = ['then', 'toJSON', 'constructor', '__proto__', 'prototype', 'toString', 'valueOf']

/** The readers of one view, refused as a whole where one of them can never work. */
export function readersOf(
  view: ViewName,
  declaration: unknown,
  source: Source,
  times: CacheTimes,
): readonly Reader[] {
  if (declaration === undefined) return []
  if (!isPlainObject(declaration)) throw refusal(view, `is ${nameOf(declaration)}`, exampleOf(view))
  if (Object.keys(declaration).length === 0) throw refusal(view, 'declares nothing', exampleOf(view))
  return Object.entries(declaration).map(([key, given]) => declaredReader(view, key, given, source, times))
}

function declaredReader(
  view: ViewName,
  key: string,
  given: unknown,
  source: Source,
  times: CacheTimes,
): Reader {
  if (key === '' || reservedKeys.includes(key)) {
    throw refusal(`${view}.${key}`, 'is a reserved key', 'Choose another.')
  }
  return readerOf(view, key, given, source, times)
}

/** The reader of one reference, refused where it can never work. */
export function readerOf(
  view: ViewName,
  key: string,
  given: unknown,
  source: Source,
  times: CacheTimes,
): Reader {
  const label = `${view}.${key}`
  const declared = typeof given === 'string' ? text(given) : given
  if (!isDeclared(declared)) throw refusal(label, `is ${nameOf(given)}`, exampleOf(view))
  const reference = referenceOf(view, label, declared)
  const refused = source.refusal?.(reference)
  if (refused) throw refused.about({ key: label, id: declared.id, source: source.name })
  return { label, key, view, declared, reference, source, times: timesOf(merge(times, declared.options)) }
}

function merge(times: CacheTimes, own: CacheTimes): CacheTimes {
  return {
    maxAge: own.maxAge ?? times.maxAge,
    staleWhileRevalidate: own.staleWhileRevalidate ?? times.staleWhileRevalidate,
    staleIfError: own.staleIfError ?? times.staleIfError,
  }
}

function refusal(what: string, reason: string, remedy: string): ConfigurationError {
  return new ConfigurationError({ reason: `${what} ${reason}`, remedy })
}

function exampleOf(view: ViewName): string {
  return view === 'secrets'
    ? "Declare { db: json('prod/orders/db'), stripe: 'prod/stripe/key' }."
    : "Declare { config: json('/prod/orders/config'), hosts: list('/prod/orders/hosts') }."
}
