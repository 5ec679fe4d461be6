import type { Clock } from '../../src/shared/clock.ts'

/** A fake clock for millions of sequences. What a timer sets off has happened before the next timer fires. */
export interface LeanClock extends Clock {
  /** How much time has passed for timers. The wall clock may say otherwise. */
  readonly elapsed: () => number
  readonly timers: () => number
  /** Lets time pass. */
  readonly advance: (milliseconds: number) => void
  /** Steps the wall clock alone. */
  readonly step: (milliseconds: number) => void
  /** Freezes the process: time passes, and what became due meanwhile fires late, at the end. */
  readonly freeze: (milliseconds: number) => void
}

interface Timer {
  readonly due: number
  readonly callback: () => void
  isSet: boolean
}

export function leanClock(drain: () => void): LeanClock {
  let wall = 1_000
  let elapsed = 0
  let timers: Timer[] = []

  function fireUntil(limit: number, isFrozen: boolean): void {
    for (;;) {
      let next: Timer | undefined
      for (const timer of timers) if (timer.due <= limit && (!next || timer.due < next.due)) next = timer
      if (!next) return
      call(next)
      if (!isFrozen) {
        wall += next.due - elapsed
        elapsed = next.due
      }
      next.callback()
      drain()
    }
  }

  function call(timer: Timer): void {
    timer.isSet = false
    timers = timers.filter((other) => other !== timer)
  }

  return {
    now: () => wall,
    elapsed: () => elapsed,
    timers: () => timers.length,
    after(milliseconds, callback) {
      const timer = { due: elapsed + Math.max(0, milliseconds), callback, isSet: true }
      timers.push(timer)
      return () => {
        if (timer.isSet) call(timer)
      }
    },
    advance(milliseconds) {
      const limit = elapsed + milliseconds
      fireUntil(limit, false)
      wall += limit - elapsed
      elapsed = limit
    },
    step(milliseconds) {
      wall += milliseconds
    },
    freeze(milliseconds) {
      wall += milliseconds
      elapsed += milliseconds
      fireUntil(elapsed, true)
    },
  }
}
