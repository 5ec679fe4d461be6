import { channel, hasSubscribers } from 'node:diagnostics_channel'
import type { ErrorCode } from '../errors/index.ts'
import { deliver, publish } from './deliver.ts'

/** Why an older value was served. */
export type StaleReason =
  | 'revalidating' // within staleWhileRevalidate; a load runs in the background
  | 'slow' // the newer value took longer than the soft wait, or than the time left
  | 'backing-off' // the last load failed a moment ago
  | 'failed' // this load failed
  | 'unreadable' // the newer value was fetched and cannot be read as declared

/** What is common to the events of one declared key. */
interface OfKey {
  /** The declared key with its view: `secrets.db`. */
  readonly key: string
  readonly id: string
  readonly source: string
}

/** What is common to the events of one load. */
interface OfLoad {
  readonly id: string
  readonly source: string
}

/** Everything that can be seen from outside. Never with a value. */
export type SecretsEvent =
  /** A value was served that was there, and fresh. */
  | ({ readonly type: 'hit'; readonly ageSeconds: number } & OfKey)
  /** A value was served that a load had to bring first. */
  | ({ readonly type: 'miss'; readonly ageSeconds: number } & OfKey)
  /** A value past its freshness was served. */
  | ({ readonly type: 'stale'; readonly ageSeconds: number; readonly reason: StaleReason } & OfKey)
  /** A declared fallback was served: the source says that there is nothing. */
  | ({ readonly type: 'fallback' } & OfKey)
  /** A key could not be served. */
  | ({ readonly type: 'error'; readonly code: ErrorCode } & OfKey)
  /** A source was asked: one event for one call, whatever the number of ids. */
  | {
      readonly type: 'load'
      readonly source: string
      readonly ids: readonly string[]
      readonly fresh: boolean
    }
  /** An answer came and was kept. */
  | ({
      readonly type: 'loaded'
      readonly milliseconds: number
      readonly isChanged: boolean
      /** The VersionId of a secret or the number of a parameter, where the source tells it. */
      readonly version: string | undefined
    } & OfLoad)
  /** A load failed; `pauseMilliseconds` is how long the source is spared now. */
  | ({ readonly type: 'failed'; readonly code: ErrorCode; readonly pauseMilliseconds: number } & OfLoad)
  /** An attempt within a load failed and another follows. */
  | ({ readonly type: 'retry'; readonly code: ErrorCode } & OfLoad)
  /** `firstOf` goes on to its next source. */
  | ({ readonly type: 'next'; readonly code: ErrorCode; readonly next: string } & OfLoad)
  /** A source works, but not the best way it could. */
  | { readonly type: 'degraded'; readonly source: string; readonly reason: string }
  /** A forced refresh ended. */
  | ({ readonly type: 'refresh'; readonly result: 'changed' | 'unchanged' | 'failed' } & OfLoad)

/** The types of events: `hit`, `miss`, `stale`... */
export type EventType = SecretsEvent['type']

/** An event of one type, without the type. */
export type Described<Type extends EventType> = Omit<Extract<SecretsEvent, { type: Type }>, 'type'>

/** Tells an event. `describe` is called only when somebody listens. */
export type Emit = <Type extends EventType>(type: Type, describe: () => Described<Type>) => void

/**
 * Hears every event, when the cache is in a consistent state; it may read, refresh or clear. What it throws or rejects
 * with is not propagated. While it runs it is not called again, so what it causes itself is not told to it.
 */
export type OnEvent = (event: SecretsEvent) => void

/** Every event is published on the `node:diagnostics_channel` of its type: `secrets-cache:load`. */
// Stryker disable next-line ArrowFunction: without a name nothing can be imported, which its runner takes for no failure.
const channelName = (type: EventType): string => `secrets-cache:${type}`

const hits = channel(channelName('hit'))

/** Whether anybody listens to hits: asked on each warm read, so without looking the channel up. */
export function isHitHeard(onEvent: OnEvent | undefined): boolean {
  return onEvent !== undefined || hits.hasSubscribers
}

/** The way to tell events to the channels and to one middleware's `onEvent`. */
export function emitterFor(onEvent: OnEvent | undefined): Emit {
  return (type, describe) => {
    const name = channelName(type)
    // Asked by name: a channel that nobody listens to is not even made.
    const isPublished = hasSubscribers(name)
    if (onEvent === undefined && !isPublished) return
    const event = Object.freeze({ type, ...describe() }) as unknown as SecretsEvent
    if (isPublished) publish(channel(name), event)
    if (onEvent) deliver(onEvent as (event: unknown) => unknown, event, name)
  }
}
