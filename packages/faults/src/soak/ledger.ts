import { storedValue } from '../canary.ts'

/** Which versions of each stored thing there were, and when each was replaced: by that, how old what is served is. */
export interface Ledger {
  readonly newest: (id: string) => string
  /** The next version's value; `replaced` says when the stand-in had it. */
  readonly next: (id: string) => { readonly value: string; readonly replaced: () => void }
  /** For how many milliseconds this had been replaced then; `undefined` where it never was a value of that. */
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
      // Until the stand-in has said so, the one before is not old.
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
