import { readFileSync } from 'node:fs'

/**
 * Milliseconds of the processor that a process's main thread has used; exact while it waits, as the kernel counts a
 * thread that runs by ticks. Only Linux tells it: elsewhere `NaN`.
 */
export function processorTime(processId: number): number {
  try {
    return Number(readFileSync(`/proc/${processId}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return Number.NaN
  }
}
