import { type Reference, referenceKey } from '../declare/reference.ts'
import type { Source } from '../source/source.ts'
import { createEntry, type Entry } from './entry.ts'

/** All entries of one cache: the declared ones for good, those of names known only at run time up to a cap. */
export interface Entries {
  readonly of: (source: Source, reference: Reference, isDeclared: boolean) => Entry
  readonly all: () => Iterable<Entry>
  /** Forgets the names known only at run time, but for those that are being loaded. */
  readonly forgetDynamic: () => void
  readonly size: () => number
}

export function createEntries(cap: number, isLoading: (entry: Entry) => boolean): Entries {
  const declared = new Map<string, Entry>()
  // In the order of their last use: the first is the one to go.
  const dynamic = new Map<string, Entry>()

  function evictOldest(newest: Entry): void {
    for (const entry of dynamic.values()) {
      if (dynamic.size <= cap) return
      // One that is being loaded stays: its waiters and its successor belong to it.
      if (!isLoading(entry) && entry !== newest) dynamic.delete(entry.key)
    }
  }

  return {
    of(source, reference, isDeclared) {
      const key = referenceKey(source.identity, reference)
      const known = declared.get(key) ?? dynamic.get(key)
      const entry = known ?? createEntry(key, source, reference)
      dynamic.delete(key)
      if (isDeclared || declared.has(key)) {
        declared.set(key, entry)
      } else {
        dynamic.set(key, entry)
        evictOldest(entry)
      }
      return entry
    },
    all: function* () {
      yield* declared.values()
      yield* dynamic.values()
    },
    forgetDynamic() {
      for (const entry of dynamic.values()) if (!isLoading(entry)) dynamic.delete(entry.key)
    },
    size: () => declared.size + dynamic.size,
  }
}
