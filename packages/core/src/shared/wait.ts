import type { Clock } from './clock.ts'
import { startDeadline } from './deadline.ts'
import type { Limits } from './limits.ts'

/** How long one caller waits: shared by everything it waits for, with at most one timer of each kind. */
export interface Wait {
  /** What `promise` gives, or `undefined` when the time is over. */
  readonly whole: <Value>(promise: Promise<Value>) => Promise<Value | undefined>
  /** The same for the short time that a caller waits who has an older value. */
  readonly soft: <Value>(promise: Promise<Value>) => Promise<Value | undefined>
  /** Whether the whole time is over, or `end` was called. */
  readonly isOver: () => boolean
  /** Ends both timers. */
  readonly end: () => void
}

export function startWait(clock: Clock, limits: Limits, milliseconds: number): Wait {
  let isOver = false
  const whole = lazyTimer(milliseconds, () => {
    isOver = true
  })
  const soft = lazyTimer(Math.min(milliseconds, limits.softWait))

  function lazyTimer(duration: number, onOver = () => {}) {
    let over: Promise<undefined> | undefined
    let cancel = () => {}
    return {
      start() {
        over ??= new Promise((resolve) => {
          cancel = startDeadline(clock, limits, duration, () => {
            onOver()
            resolve(undefined)
          })
        })
        return over
      },
      end: () => cancel(),
    }
  }

  return {
    whole: (promise) => Promise.race([promise, whole.start()]),
    // The whole time starts here too: whoever waits on afterwards has that much less of it.
    soft: (promise) => Promise.race([promise, soft.start(), whole.start()]),
    isOver: () => isOver,
    end() {
      isOver = true
      whole.end()
      soft.end()
    },
  }
}
