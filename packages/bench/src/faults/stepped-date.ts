const RealDate = Date

/** Lets whoever reads `Date` read a scenario's clock: the peers take none. Gives back what undoes it. */
export function useSteppedDate(now: () => number): () => void {
  globalThis.Date = class extends RealDate {
    constructor(...given: [] | [number]) {
      super(...((given.length === 0 ? [now()] : given) as [number]))
    }
    static override now = now
  } as DateConstructor
  return () => {
    globalThis.Date = RealDate
  }
}
