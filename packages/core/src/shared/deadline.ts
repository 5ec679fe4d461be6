import type { Clock } from './clock.ts'
import type { Limits } from './limits.ts'

/**
 * Calls back when `milliseconds` are over. A timer that fires late (the process was frozen, the loop was busy) first
 * lets through what has arrived meanwhile: its answer may be waiting in the socket, one turn of the loop away.
 */
export function startDeadline(
  clock: Clock,
  limits: Limits,
  milliseconds: number,
  onExpired: () => void,
): () => void {
  const due = clock.now() + Math.max(0, milliseconds)
  let cancel = clock.after(milliseconds, () => {
    const late = clock.now() - due
    if (late < limits.lateMilliseconds) return onExpired()
    cancel = clock.after(limits.graceMilliseconds, onExpired)
  })
  return () => cancel()
}
