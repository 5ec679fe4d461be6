import type { Clock } from './clock.ts'
import type { Limits } from './limits.ts'

/**
 * Calls back when `milliseconds` are over. A timer that fires late (the process was frozen, or the event loop was
 * blocked) waits a little longer: an answer that arrived meanwhile may be in the socket, one turn of the loop away.
 */
export function startDeadline(
  clock: Clock,
  limits: Limits,
  milliseconds: number,
  onExpired: () => void,
): () => void {
  const duration = Math.max(0, milliseconds)
  const due = clock.now() + duration
  let cancel = clock.after(duration, () => {
    const late = clock.now() - due
    if (late < limits.lateMilliseconds) return onExpired()
    cancel = clock.after(limits.graceMilliseconds, onExpired)
  })
  return () => cancel()
}
