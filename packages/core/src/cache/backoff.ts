import type { Limits } from '../shared/limits.ts'
import { within } from './within.ts'

/** When the last load failed, and for how long the source is spared since. Milliseconds. */
export interface Spared {
  readonly failedAt: number
  readonly pause: number
}

/** Whether the source is spared after a failure. */
export function isBackingOff({ failure }: { readonly failure: Spared | undefined }, now: number): boolean {
  return failure !== undefined && within(now - failure.failedAt, failure.pause)
}

/** The pause after the n-th failure in a row: doubled each time, capped, and up to half of it taken off at random. */
export function backoffPause(failures: number, random: number, limits: Limits): number {
  const whole = Math.min(limits.backoffMax, limits.backoffBase * 2 ** (failures - 1))
  return whole * (0.5 + random / 2)
}
