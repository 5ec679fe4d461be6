import type { Clock } from '@secrets-cache/core/testing'

/** A clock that shows the given time, with real timers, as the sockets are real too. */
export function steppedClock(now: () => number): Clock {
  return {
    now,
    after: (milliseconds, callback) => {
      const timer = setTimeout(callback, milliseconds).unref()
      return () => clearTimeout(timer)
    },
  }
}
