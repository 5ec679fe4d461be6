import type { Clock } from './clock.ts'
import { startDeadline } from './deadline.ts'
import type { Limits } from './limits.ts'

/** One caller's patience: shared by everything it waits for, with at most one timer of each kind. */
export interface Wait {
  /** What `promise` gives, or `undefined` when the time is over. */
  readonly whole: <Value>(promise: Promise<Value>) => Promise<Value | undefined>
  /** The same for the short time that somebody waits who has an older value at hand. */
  readonly soft: <Value>(promise: Promise<Value>) => Promise<Value | undefined>
  /** Ends both timers. */
  readonly end: () => void
}

export function startWait(clock: Clock, limits: Limits, milliseconds: number): Wait {
  const whole = lazyTimer(milliseconds)
  const soft = lazyTimer(Math.min(milliseconds, limits.softWait))

  function lazyTimer(duration: number) {
    let over: Promise<undefined> | undefined
    let cancel = () => {}
    return {
      start() {
        over ??= new Promise((resolve) => {
          cancel = startDeadline(clock, limits, duration, () => resolve(undefined))
        })
        return over
      },
      end: () => cancel(),
    }
  }

  return {
    whole: (promise) => Promise.race([promise, whole.start()]),
    // The whole time runs from here too: whoever goes on waiting afterwards has that much less of it.
    soft: (promise) => Promise.race([promise, soft.start(), whole.start()]),
    end() {
      whole.end()
      soft.end()
    },
  }
}
