import type { Clock } from '@secrets-cache/core/testing'
import TinyQueue from 'tinyqueue'

interface Timer {
  readonly due: number
  /** Timers that are due at the same moment fire in the order in which they were set. */
  readonly order: number
  callback: (() => void) | undefined
}

export interface VirtualTime extends Clock {
  readonly sleep: (milliseconds: number) => Promise<void>
  /** Fires every timer; resolves when none is left. */
  readonly run: () => Promise<void>
}

/** Simulated time: it moves on when everything that was due at one moment has happened. */
export function virtualTime(startAt = 1_700_000_000_000): VirtualTime {
  const timers = new TinyQueue<Timer>([], (a, b) => a.due - b.due || a.order - b.order)
  let now = startAt
  let order = 0

  const after = (milliseconds: number, callback: () => void) => {
    const timer: Timer = { due: Math.ceil(now + Math.max(0, milliseconds)), order: order++, callback }
    timers.push(timer)
    return () => {
      timer.callback = undefined
    }
  }

  return {
    now: () => now,
    after,
    sleep: (milliseconds) => new Promise((resolve) => void after(milliseconds, resolve)),
    async run() {
      for (let next = timers.pop(); next; next = timers.pop()) {
        if (!next.callback) continue
        now = next.due
        next.callback()
        while (timers.peek()?.due === now) timers.pop()?.callback?.()
        await settled()
      }
    },
  }
}

/** The simulation runs on promises alone; by the next turn of the event loop all of them have been served. */
const settled = () => new Promise<void>((resolve) => void setImmediate(resolve))
