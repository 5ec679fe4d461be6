/** When each invocation arrives, in milliseconds from the start, in order. */
export type Arrivals = readonly number[]

/** A rate per second that climbs evenly: Artillery's `arrivalRate`, `rampTo` and `duration`. */
export function ramp({ from, to, seconds }: { from: number; to: number; seconds: number }): Arrivals {
  const count = Math.round(((from + to) / 2) * seconds)
  const climb = (to - from) / seconds
  // The n-th arrives when n = from * t + climb * t * t / 2.
  const at = (n: number) => (climb === 0 ? n / from : (Math.sqrt(from * from + 2 * climb * n) - from) / climb)
  return Array.from({ length: count }, (_, n) => at(n) * 1_000)
}

/** The same rate all the time. */
export function steady({ rate, seconds }: { rate: number; seconds: number }): Arrivals {
  return ramp({ from: rate, to: rate, seconds })
}
