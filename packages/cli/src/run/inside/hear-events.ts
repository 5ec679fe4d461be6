import { subscribe } from 'node:diagnostics_channel'
import { type CacheEvent, sinceBegin, tell } from './tell.ts'

/** The events of secrets-cache; each type has its own diagnostics channel. */
export const EVENT_TYPES = [
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
] as const

/** Forwards every event of secrets-cache in this process. */
export const hearEvents = (): void => {
  for (const type of EVENT_TYPES)
    subscribe(`secrets-cache:${type}`, (message) =>
      tell({ kind: 'event', at: sinceBegin(), event: { type, ...(message as Partial<CacheEvent>) } }),
    )
}
