import type { Cache } from '../cache/cache.ts'
import type { Entry } from '../cache/entry.ts'
import type { Held } from '../cache/held.ts'
import type { Reader } from './reader.ts'

/** A reader at its entry, with what it last read there. */
export interface Slot {
  readonly reader: Reader
  readonly entry: Entry
  /** Serves while a newer value is there that this reader cannot read. */
  lastValid: LastValid | undefined
}

export interface LastValid {
  readonly held: Held
  readonly value: unknown
  readonly loadedAt: number
  readonly draw: number
  readonly seq: number
}

export function slotOf(reader: Reader, cache: Cache, isDeclared: boolean): Slot {
  return {
    reader,
    entry: cache.entries.of(reader.source, reader.reference, isDeclared),
    lastValid: undefined,
  }
}
