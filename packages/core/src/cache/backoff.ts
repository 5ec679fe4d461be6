import type { Limits } from '../shared/limits.ts'

/** The pause after the n-th failure in a row: doubled each time, capped, and jittered down to half. */
export function backoffDelay(failures: number, random: number, limits: Limits): number {
  const whole = Math.min(limits.backoffMax, limits.backoffBase * 2 ** (failures - 1))
  return whole * (0.5 + random / 2)
}
