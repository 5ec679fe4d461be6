/** The events of secrets-cache; each type has its own diagnostics channel. */
export const CACHE_EVENTS: readonly string[] = [
  'hit',
  'miss',
  'stale',
  'fallback',
  'error',
  'load',
  'loaded',
  'failed',
  'retry',
  'next',
  'degraded',
  'refresh',
]
