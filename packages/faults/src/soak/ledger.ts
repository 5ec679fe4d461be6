import { storedValue } from '../canary.ts'

/** Knows every version of each stored value and when it was replaced, and so how outdated a served value is. */
export interface Ledger {
  readonly newest: (id: string) => string
  /** The next version's value. Call `replaced` once the stand-in has stored it. */
  readonly next: (id: string) => { readonly value: string; readonly replaced: () => void }
  /** How many milliseconds before `then` this value was replaced; `undefined` where it never was a value of this id. */
  readonly ageOf: (id: string, value: unknown, then: number) => number | undefined
}

export function createLedger(ids: readonly string[], now: () => number = Date.now): Ledger {
  const things = new Map(ids.map((id) => [id, { newest: storedValue(id), older: new Map<string, number>() }]))
  const thing = (id: string) => things.get(id) as { newest: string; older: Map<string, number> }
  return {
    newest: (id) => thing(id).newest,
    next: (id) => {
      const { newest, older } = thing(id)
      const value = storedValue(id, older.size + 2)
      // The previous value counts as current until the stand-in has confirmed the next one.
      older.set(newest, Number.POSITIVE_INFINITY)
      thing(id).newest = value
      return { value, replaced: () => void older.set(newest, now()) }
    },
    ageOf: (id, value, then) => {
      const { newest, older } = thing(id)
      if (value === newest) return 0
      const replacedAt = older.get(value as string)
      return replacedAt === undefined ? undefined : Math.max(0, then - replacedAt)
    },
  }
}
