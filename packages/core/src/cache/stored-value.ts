import type { RawValue } from '../source/source.ts'

/** What was fetched, as it was fetched. While the bytes stay the same it is one object, whatever the version says. */
export interface StoredValue {
  readonly raw: RawValue
}

/** The value of an answer: `previous` itself where its bytes are the same, so that `===` says "unchanged". */
export function storedValue(raw: RawValue, previous: StoredValue | undefined): StoredValue {
  return previous && hasSameBytes(previous, raw) ? previous : { raw }
}

/** Whether a value holds the same bytes. A version says nothing about that: it may restart at 1. */
export function hasSameBytes({ raw }: StoredValue, other: RawValue): boolean {
  if (raw instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(raw, other) === 0
  return JSON.stringify(raw) === JSON.stringify(other)
}
