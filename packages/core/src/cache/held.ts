import type { Declared } from '../declare/declare.ts'
import { type Parsed, parse } from '../read/parse.ts'
import type { RawValue } from '../source/source.ts'

/** A value as it was fetched, with what each declaration reads in it: parsed once per declaration and version. */
export interface Held {
  readonly raw: RawValue
  readonly version: string | undefined
  /** Weak, because a name known only at run time is declared anew each time it is asked for. */
  readonly readings: WeakMap<Declared<unknown>, Parsed | Promise<Parsed>>
}

/** Keeps what was read so far where the bytes are unchanged: a parsed value keeps its identity. */
export function hold(raw: RawValue, version: string | undefined, previous: Held | undefined): Held {
  return previous && isSameValue(previous.raw, raw)
    ? { raw: previous.raw, version, readings: previous.readings }
    : { raw, version, readings: new WeakMap() }
}

/** Whether two answers hold the same bytes. What their version says does not matter: a version may restart at 1. */
export function isSameHeld(a: Held, b: Held): boolean {
  return isSameValue(a.raw, b.raw)
}

export function readHeld(held: Held, declared: Declared<unknown>): Parsed | Promise<Parsed> {
  const known = held.readings.get(declared)
  if (known) return known
  const parsed = parse(declared, held.raw)
  held.readings.set(declared, parsed)
  // Once settled, the next reader is answered synchronously.
  if (parsed instanceof Promise) void parsed.then((settled) => held.readings.set(declared, settled))
  return parsed
}

function isSameValue(a: RawValue, b: RawValue): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0
  return JSON.stringify(a) === JSON.stringify(b)
}
