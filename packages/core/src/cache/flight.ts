import type { SecretsCacheError } from '../errors/index.ts'
import type { Emit } from '../shared/events.ts'
import type { Held } from './held.ts'

/** How one load of one entry ended, for those who waited for it. */
export type Landing =
  | { readonly status: 'loaded'; readonly held: Held }
  | { readonly status: 'failed'; readonly error: SecretsCacheError }
  /** It was given up, or a newer answer was there first: look again. */
  | { readonly status: 'superseded' }

/** One load of one entry, shared by all who need it. */
export interface Flight extends Landable {
  /** Its place in the order of all loads: the last started wins. */
  readonly seq: number
  readonly startedAt: number
  /** The random share, 0 to 1, of the jitter of what it brings. */
  readonly draw: number
  /** Whether it goes past every cache in between. */
  readonly isForced: boolean
  /** Whether it was begun before anybody asked. */
  readonly isPrefetch: boolean
  /** Gives up the request. */
  readonly abort: () => void
  /** The forced load that follows this one, if any was asked for. On the flight, so that it starts when this ends. */
  successor: Successor | undefined
  /** The last attempt within this load that failed: what a waiter whose time is over is told. */
  lastRetry: SecretsCacheError | undefined
}

/** A forced load that waits for a running one to end, and who asked for it first. */
export interface Successor extends Landable {
  readonly emit: Emit
}

/** What can be waited for. `landing` never rejects. */
export interface Landable {
  readonly landing: Promise<Landing>
  readonly land: (landing: Landing) => void
}

export function landable(): Landable {
  const { promise, resolve } = Promise.withResolvers<Landing>()
  return { landing: promise, land: resolve }
}
