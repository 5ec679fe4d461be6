/** Where time comes from. The only place that reads a clock or sets a timer; tests bring their own. */
export interface Clock {
  /** The wall clock, in milliseconds. It may step, and it jumps over every freeze. */
  readonly now: () => number
  /** Calls back once, after `milliseconds`; the function it returns cancels that. */
  readonly after: (milliseconds: number, callback: () => void) => () => void
}

/** Node's longest timer, 24.8 days: a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1

/** `Date` and `setTimeout` are looked up at each call: a test may replace them with fakes after the import. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, callback) => {
    // Not unref'd: a script that only awaits a value must stay alive until it hears of the timeout.
    const timer = setTimeout(callback, Math.min(milliseconds, longestTimer))
    return () => clearTimeout(timer)
  },
}
