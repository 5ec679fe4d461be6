/**
 * What may be asked again:
 * - `throttled`, `passing`: a throttle, or a failure of the service or the network that may pass. Three attempts, as in
 *   the SDK, with jitter between them.
 * - `stale`: a kept connection was dead. Once, at once.
 * - `refused`: the credentials, or the time of the signature. Once, at once, with what is newer.
 */
export type Retry = 'throttled' | 'passing' | 'stale' | 'refused'

/** How many milliseconds to wait before asking again; `undefined` to give up. */
export type RetryPolicy = (retry: Retry) => number | undefined

const attempts = 3

/** The longest pause after the first failure, in milliseconds; twice that after the second. */
const longest = { throttled: 500, passing: 100 }

/** The policy for one request. */
export function createRetryPolicy(): RetryPolicy {
  let failures = 0
  const done = new Set<Retry>()
  return (retry) => {
    if (retry === 'throttled' || retry === 'passing') {
      if (++failures === attempts) return undefined
      return Math.random() * longest[retry] * 2 ** (failures - 1)
    }
    if (done.has(retry)) return undefined
    done.add(retry)
    return 0
  }
}
