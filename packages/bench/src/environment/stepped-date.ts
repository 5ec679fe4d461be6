let offset = 0

/** Replaces `Date` in this thread, so that every cache can be made to believe that time has passed. */
export function stepDate(): (milliseconds: number) => void {
  const { now } = Date
  const SystemDate = Date
  globalThis.Date = class extends SystemDate {
    constructor(...given: unknown[]) {
      if (given.length === 0) super(now() + offset)
      else super(...(given as [number]))
    }

    static override now(): number {
      return now() + offset
    }
  } as DateConstructor
  return (milliseconds) => {
    offset += milliseconds
  }
}
