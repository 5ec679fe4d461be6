import type { Faults } from '../faults/faults.ts'
import type { FaultFlags } from './fault-flags.ts'

/** Activates the faults of the command line. */
export const playFlags = (
  faults: Faults,
  { notReady, deny = [], slow, throttle, opaque = false }: Partial<FaultFlags>,
): void => {
  if (notReady) faults.notReady(notReady)
  for (const idOrAction of deny) faults.deny(idOrAction)
  if (slow !== undefined) faults.slow(slow)
  if (throttle !== undefined) faults.throttle({ perSecond: throttle })
  if (opaque) faults.opaque()
}
