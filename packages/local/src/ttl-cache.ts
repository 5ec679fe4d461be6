export type TtlCache<Value> = ReturnType<typeof createTtlCache<Value>>

export interface Entry<Value> {
  readonly value: Value
  /** Milliseconds since 1970. */
  readonly storedAt: number
}

/** Keeps `size` entries and drops the least recently used one; 0 keeps none. The reader gives the TTL. */
export const createTtlCache = <Value>(size: number, now: () => number) => {
  const entries = new Map<string, Entry<Value>>()

  return {
    /** The entry and whether it is younger than `ttl` seconds. */
    get: (key: string, ttl: number): { readonly value: Value; readonly fresh: boolean } | undefined => {
      const entry = entries.get(key)
      if (!entry) return undefined
      entries.delete(key)
      entries.set(key, entry)
      return { value: entry.value, fresh: now() - entry.storedAt < ttl * 1000 }
    },
    set: (key: string, value: Value): void => {
      entries.delete(key)
      if (size > 0) entries.set(key, { value, storedAt: now() })
      for (const oldest of entries.keys()) {
        if (entries.size <= size) break
        entries.delete(oldest)
      }
    },
    entries: (): ReadonlyMap<string, Entry<Value>> => entries,
    clear: () => entries.clear(),
  }
}
