import type { Limits } from '../shared/limits.ts'

/** How long a read may wait; with `reason` where that is no time at all. */
export interface WaitTime {
  readonly milliseconds: number
  readonly reason: string | undefined
}

/**
 * The smaller one of the configured timeout and what the invocation has left, less a margin to answer in.
 * A remaining time that is no finite number says nothing: a test's context may give NaN.
 */
export function waitTime(timeout: number, remaining: number | undefined, { margin }: Limits): WaitTime {
  const left = Number.isFinite(remaining) ? (remaining as number) : Number.POSITIVE_INFINITY
  const milliseconds = Math.min(timeout, left - margin)
  if (milliseconds > 0) return { milliseconds, reason: undefined }
  const isLeft = left - margin <= 0
  return {
    milliseconds,
    reason: isLeft
      ? `the invocation has ${Math.max(0, Math.round(left))} ms left`
      : 'timeoutMilliseconds is 0',
  }
}
