import { type Reference, referenceKey } from '../declare/reference.ts'
import { Entry } from './entry.ts'

/** All entries of one cache: the declared ones for good, those of names known only at run time up to a cap. */
export interface Entries {
  readonly of: (sourceIdentity: string, reference: Reference, isDeclared: boolean) => Entry
  readonly all: () => Iterable<Entry>
  /** Forgets the names known only at run time, except those that are in use. */
  readonly forgetDynamic: () => void
  readonly size: () => number
}

/** @param isInUse whether an entry is being loaded or read: evicting it would let a second one arise for its key. */
export function createEntries(cap: number, isInUse: (entry: Entry) => boolean): Entries {
  const declared = new Map<string, Entry>()
  // In the order of their last use: the first one is evicted first.
  const dynamic = new Map<string, Entry>()

  function evictOldest(newest: Entry): void {
    for (const entry of dynamic.values()) {
      if (dynamic.size <= cap) return
      if (entry !== newest && !isInUse(entry)) dynamic.delete(entry.key)
    }
  }

  return {
    of(sourceIdentity, reference, isDeclared) {
      const key = referenceKey(sourceIdentity, reference)
      const entry = declared.get(key) ?? dynamic.get(key) ?? new Entry(key, reference)
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
      for (const entry of dynamic.values()) if (!isInUse(entry)) dynamic.delete(entry.key)
    },
    size: () => declared.size + dynamic.size,
  }
}
