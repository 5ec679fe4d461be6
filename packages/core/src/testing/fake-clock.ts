import type { Clock } from '../shared/clock.ts'

/** A clock that stands still until it is told. Its timers run on its own time. */
export interface FakeClock extends Clock {
  /** Lets time pass: timers that become due call back in their order, at their time. */
  readonly advance: (milliseconds: number) => void
  /** Moves the wall clock alone, back or forth, as an administrator or a freeze does: timers then fire late. */
  readonly step: (milliseconds: number) => void
  /** How many timers are set. */
  readonly timers: () => number
}

interface Timer {
  readonly due: number
  readonly callback: () => void
}

/**
 * Makes a clock for tests; `startAt` is its wall time, in milliseconds since 1970.
 * @example const clock = fakeClock(); clock.advance(300_000)
 */
export function fakeClock(startAt = 1_700_000_000_000): FakeClock {
  let wall = startAt
  let elapsed = 0
  const timers = new Set<Timer>()

  /** Of those that are due together the one that was set first. */
  function nextDue(limit: number): Timer | undefined {
    let next: Timer | undefined
    for (const timer of timers) if (timer.due <= limit && !(next && next.due <= timer.due)) next = timer
    return next
  }

  return {
    now: () => wall,
    after(milliseconds, callback) {
      const timer = { due: elapsed + Math.max(0, milliseconds), callback }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance(milliseconds) {
      const limit = elapsed + milliseconds
      for (let timer = nextDue(limit); timer; timer = nextDue(limit)) {
        timers.delete(timer)
        wall += timer.due - elapsed
        elapsed = timer.due
        timer.callback()
      }
      wall += limit - elapsed
      elapsed = limit
    },
    step(milliseconds) {
      wall += milliseconds
    },
    timers: () => timers.size,
  }
}
