import type { Entry } from '../cache/entry.ts'
import type { Loaded } from '../cache/loaded.ts'
import type { StoredValue } from '../cache/stored-value.ts'
import { within } from '../cache/within.ts'
import type { Declared, Format } from '../declare/declared.ts'
import { type HiddenMap, hiddenMap } from '../shared/hidden-map.ts'
import { perThread } from '../shared/per-thread.ts'
import type { Result } from '../shared/result.ts'
import { parse } from './parse.ts'

/** An asynchronous schema that has not settled yet. */
interface Pending {
  readonly result: Promise<Result<unknown>>
  readonly startedAt: number
}

/** One way to read one entry: by a format and a schema. Everybody who declares the same shares it. */
export interface Reading {
  /** What was read in each stored value: once for each. The object itself stands for "this value, read so". */
  readonly results: WeakMap<StoredValue, Result<unknown> | Pending>
  /** The last value that could be read: it serves while a newer one cannot be. */
  lastReadable: LastReadable | undefined
}

export interface LastReadable {
  readonly loaded: Loaded
  readonly result: Result<unknown> & { readonly ok: true }
}

interface ReadingsOfEntry {
  readonly byFormat: Map<Format, Reading>
  /** Weak, because a name known only at run time may come with a new schema each time. */
  readonly bySchema: WeakMap<object, Map<Format, Reading>>
}

const readings = /* @__PURE__ */ perThread(
  'readings/1',
  (): HiddenMap<object, ReadingsOfEntry> => hiddenMap(),
)

/** The reading of an entry by a format and a schema. */
export function readingOf(entry: Entry, { format, schema }: Declared<unknown>): Reading {
  const ofEntry = readings().get(entry) ?? { byFormat: new Map(), bySchema: new WeakMap() }
  readings().set(entry, ofEntry)
  const byFormat = schema ? (ofEntry.bySchema.get(schema) ?? new Map<Format, Reading>()) : ofEntry.byFormat
  if (schema) ofEntry.bySchema.set(schema, byFormat)
  const reading = byFormat.get(format) ?? { results: new WeakMap(), lastReadable: undefined }
  byFormat.set(format, reading)
  return reading
}

/**
 * What a declaration reads in a stored value. A promise only while an asynchronous schema runs; one that has not
 * settled within `limit` milliseconds is started again.
 */
export function readValue(
  { results }: Reading,
  value: StoredValue,
  declared: Declared<unknown>,
  now: number,
  limit: number,
): Result<unknown> | Promise<Result<unknown>> {
  const known = results.get(value)
  if (known && 'ok' in known) return known
  if (known && within(now - known.startedAt, limit)) return known.result
  const result = parse(declared, value.raw)
  if (!(result instanceof Promise)) {
    results.set(value, result)
    return result
  }
  results.set(value, { result, startedAt: now })
  // Once it has settled, the next read is answered synchronously.
  void result.then((settled) => results.set(value, settled))
  return result
}
