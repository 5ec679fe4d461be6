/**
 * What may be asked again:
 * - `ready`: the layer does not serve yet. Again and again, from 5 ms apart up to 100.
 * - `port`: nothing listens. The same, for a bounded time.
 * - `service`: 500, 502, 503 or 504. From 50 ms apart up to 800, for a bounded time, where nobody holds a value.
 * - `busy`: 429. The same, whoever holds one: it is the agent that refuses, and AWS is not asked.
 * - `refused`: the layer's 400, which names no cause. Once, a moment later.
 * - `socket`, `token`: the connection was dead, the token not accepted. Once, at once.
 */
export type Retry = 'ready' | 'port' | 'service' | 'busy' | 'refused' | 'socket' | 'token'

/** How many milliseconds to wait before asking again; `undefined` to give up. */
export type RetryPolicy = (retry: Retry) => number | undefined

const shortest = { ready: 5, port: 5, service: 50, busy: 50 }
const longest = { ready: 100, port: 100, service: 800, busy: 800 }

/** Of all waits for a port that has answered before: a layer that restarts is back within this. */
const portOnceSeen = 1_000
/** For one that never has: an extension may be late, and a read by default waits 2 s. */
const portNeverSeen = 1_750
/** The same for a service that fails, and for an agent that is busy. */
const servicePasses = 1_500

/** docs/decisions/0015 has the figures behind this. */
const refusedDelay = { least: 100, most: 400 }

/** What is known when a request begins. */
export interface Before {
  /** Whether its port has ever answered with a value. */
  readonly hasAnswered: boolean
  /** Whether this very value has come before: somebody may hold it, and an outage must not multiply the calls. */
  readonly hasServed: boolean
}

/**
 * The policy for one request. It adds up its own waits instead of reading a clock, so that time spent frozen does not
 * count.
 */
export function createRetryPolicy({ hasAnswered, hasServed }: Before): RetryPolicy {
  const count = new Map<Retry, number>()
  const waited = new Map<Retry, number>()

  /** Doubled each time, and halved at most by jitter. */
  const backOff = (retry: keyof typeof shortest, bound: number): number | undefined => {
    const before = waited.get(retry) ?? 0
    if (before >= bound) return undefined
    const attempt = count.get(retry) ?? 0
    const whole = Math.min(longest[retry], shortest[retry] * 2 ** attempt)
    const delay = whole * (0.5 + Math.random() / 2)
    count.set(retry, attempt + 1)
    waited.set(retry, before + delay)
    return delay
  }

  const once = (retry: Retry, delay: () => number): number | undefined => {
    if (count.has(retry)) return undefined
    count.set(retry, 1)
    return delay()
  }

  return (retry) => {
    switch (retry) {
      case 'ready':
        return backOff(retry, Number.POSITIVE_INFINITY)
      case 'port':
        return backOff(retry, hasAnswered ? portOnceSeen : portNeverSeen)
      case 'service':
        return hasServed ? undefined : backOff(retry, servicePasses)
      case 'busy':
        return backOff(retry, servicePasses)
      case 'refused':
        return once(
          retry,
          () => refusedDelay.least + Math.random() * (refusedDelay.most - refusedDelay.least),
        )
      default:
        return once(retry, () => 0)
    }
  }
}
