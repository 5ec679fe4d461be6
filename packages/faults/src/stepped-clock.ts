import type { Clock } from '@secrets-cache/core/testing'

/** A wall clock that is given, and timers that are real: there are real sockets. */
export function steppedClock(now: () => number): Clock {
  return {
    now,
    after: (milliseconds, callback) => {
      const timer = setTimeout(callback, milliseconds).unref()
      return () => clearTimeout(timer)
    },
  }
}
