import { systemClock } from './clock.ts'
import { startDeadline } from './deadline.ts'
import { limits } from './limits.ts'

/** Calls back when so many milliseconds are over on the system's clock; the function it returns cancels that. */
export function startTimer(milliseconds: number, onExpired: () => void): () => void {
  return startDeadline(systemClock, limits, milliseconds, onExpired)
}
