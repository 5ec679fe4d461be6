import { subscribe } from 'node:diagnostics_channel'
import { CACHE_EVENTS } from '@secrets-cache/local/internal/in-function'
import { type CacheEvent, sinceBegin, tell } from './tell.ts'

/** Forwards every event of secrets-cache in this process. */
export const hearEvents = (): void => {
  for (const type of CACHE_EVENTS)
    subscribe(`secrets-cache:${type}`, (message) =>
      tell({ kind: 'event', at: sinceBegin(), event: { type, ...(message as Partial<CacheEvent>) } }),
    )
}
