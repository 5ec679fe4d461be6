import type { Cache } from '../cache/cache.ts'
import type { Entry } from '../cache/entry.ts'
import { bareText, isDeclared } from '../declare/declare.ts'
import type { Declared } from '../declare/declared.ts'
import type { Reference } from '../declare/reference.ts'
import { referenceOf } from '../declare/reference-of.ts'
import { type CacheTimes, type Times, timesOf } from '../declare/times.ts'
import type { ViewName } from '../declare/view-name.ts'
import { ConfigurationError } from '../errors/index.ts'
import { frozenCopy } from '../formats/freeze.ts'
import { isPlainObject, nameOf } from '../shared/check.ts'
import type { Result } from '../shared/result.ts'
import type { Source } from '../source/source.ts'
import { type Reading, readingOf } from './reading.ts'

/** One declared key of one middleware: what it fetches, how it reads it, and how old it may be. */
export interface DeclaredKey {
  readonly view: ViewName
  readonly key: string
  /** What events and errors say of it: the key with its view (`secrets.db`), the id, the source. */
  readonly subject: { readonly key: string; readonly id: string; readonly source: string }
  readonly declared: Declared<unknown>
  readonly reference: Reference
  readonly source: Source
  readonly times: Times
  /** Served where the source says that there is nothing. */
  readonly fallback: (Result<unknown> & { readonly ok: true }) | undefined
  /** Bound at the first use: a source may learn its address only then. */
  readonly entry: Entry
  readonly reading: Reading
}

/** Where keys are declared: what they all have in common. */
export interface Declaring {
  readonly source: Source
  readonly times: CacheTimes
  readonly cache: Cache
}

/** `then` would make a view a promise to `await`; the others are what printing and copying look for. */
const reservedKeys = ['then', 'toJSON', 'constructor', '__proto__', 'prototype', 'toString', 'valueOf']

/** The keys of one view, refused as a whole where one of them can never work. */
export function declaredKeys(
  view: ViewName,
  declaration: unknown,
  declaring: Declaring,
): readonly DeclaredKey[] {
  if (declaration === undefined) return []
  if (!isPlainObject(declaration)) throw refusal(view, `is ${nameOf(declaration)}`, exampleOf(view))
  if (Object.keys(declaration).length === 0) throw refusal(view, 'declares nothing', exampleOf(view))
  return Object.entries(declaration).map(([key, given]) => {
    if (key === '' || reservedKeys.includes(key)) {
      throw refusal(`${view}.${key}`, 'is a reserved key', 'Choose another.')
    }
    return declaredKey(view, key, given, declaring)
  })
}

/** One key, refused where it can never work. `isDynamic`: its name is known only at run time. */
export function declaredKey(
  view: ViewName,
  key: string,
  given: unknown,
  { source, times, cache }: Declaring,
  isDynamic = false,
): DeclaredKey {
  const label = `${view}.${key}`
  const declared = typeof given === 'string' ? bareText(given) : given
  if (!isDeclared(declared)) throw refusal(label, `is ${nameOf(given)}`, exampleOf(view))
  const reference = referenceOf(view, label, declared)
  const subject = { key: label, id: reference.id, source: source.name }
  const refused = source.refusal?.(reference)
  if (refused) throw refused.about(subject)
  const { fallback } = declared.options
  let entry: Entry | undefined
  let reading: Reading | undefined
  return {
    view,
    key,
    subject,
    declared,
    reference,
    source,
    times: timesOf(merge(times, declared.options)),
    fallback: fallback === undefined ? undefined : { ok: true, value: frozenCopy(fallback) },
    get entry() {
      entry ??= cache.entries.of(source.identity, reference, !isDynamic)
      return entry
    },
    get reading() {
      reading ??= readingOf(this.entry, declared)
      return reading
    },
  }
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
