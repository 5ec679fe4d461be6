/** The time that AWS's clock shows, as far as it is known. */
export interface AwsClock {
  readonly now: () => Date
  /** Learns from the Date of an answer; gives whether this machine's clock was off by more than it had been known to be. */
  readonly correctBy: (date: string | undefined) => boolean
}

/** A Date has whole seconds, and an answer takes its time. AWS itself accepts five minutes. Milliseconds. */
const noise = 60_000

export function createAwsClock(): AwsClock {
  let ahead = 0
  return {
    now: () => new Date(Date.now() - ahead),
    correctBy(date) {
      const offset = clockOffset(date)
      if (offset === undefined || Math.abs(offset - ahead) < noise) return false
      ahead = offset
      return true
    },
  }
}

/** How far this machine's clock is ahead of the one that wrote a Date, in milliseconds. */
export function clockOffset(date: string | undefined): number | undefined {
  const time = Date.parse(date ?? '')
  return Number.isNaN(time) ? undefined : Date.now() - time
}
