const SystemDate = Date

/** Makes everything in this thread that reads `Date` read this clock. Returns what undoes it. */
export function replaceDate(now: () => number): () => void {
  globalThis.Date = class extends SystemDate {
    constructor(...given: unknown[]) {
      super(...((given.length === 0 ? [now()] : given) as [number]))
    }

    static override now = now
  } as DateConstructor
  return () => {
    globalThis.Date = SystemDate
  }
}
