/** The cache times of a reader, in HTTP's words (RFC 9111, RFC 5861). All in seconds. */
export interface CacheTimes {
  /** How long a value is fresh. 0 asks every time. @default 300 */
  readonly maxAge?: number | undefined
  /** How much longer a value is served at once while a newer one is loaded in the background. @default 0 */
  readonly staleWhileRevalidate?: number | undefined
  /** How much longer a value is served when a newer one cannot be had. @default 3600 */
  readonly staleIfError?: number | undefined
}

export const defaultTimes = {
  /** AWS's own layer and agent keep values as long. */
  maxAge: 300,
  /** Off: an older value is served at once only where that was asked for. */
  staleWhileRevalidate: 0,
  /** Most outages are over within the hour; past that a wrong secret is worse than none. */
  staleIfError: 3_600,
} as const

/** The same in milliseconds, each counted from the load's start. */
export interface Times {
  readonly maxAge: number
  readonly staleFor: number
  readonly usableFor: number
}

export function timesOf(times: CacheTimes): Times {
  const { maxAge, staleWhileRevalidate, staleIfError } = withDefaults(times)
  return {
    maxAge: maxAge * 1_000,
    staleFor: staleWhileRevalidate * 1_000,
    usableFor: Math.max(staleWhileRevalidate, staleIfError) * 1_000,
  }
}

export function withDefaults(times: CacheTimes): { [Name in keyof typeof defaultTimes]: number } {
  return {
    maxAge: times.maxAge ?? defaultTimes.maxAge,
    staleWhileRevalidate: times.staleWhileRevalidate ?? defaultTimes.staleWhileRevalidate,
    staleIfError: times.staleIfError ?? defaultTimes.staleIfError,
  }
}
