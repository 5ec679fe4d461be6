/** What may be asked again: after a wait (`ready`, `port`), or once and at once (`socket`, `token`). */
export type Retry = 'ready' | 'port' | 'socket' | 'token'

const firstDelay = 5
const longestDelay = 100
/** A layer that restarts is back within this; one that was never deployed is reported after it. Milliseconds. */
const portPatience = 1000

/**
 * Says how many milliseconds to wait before asking again, or `undefined` to give up. It adds up its own waits
 * instead of reading a clock, so time spent frozen does not count.
 */
export function createPatience(): (retry: Retry) => number | undefined {
  let delay = firstDelay
  let refusedFor = 0
  const spent = new Set<Retry>()

  const nextDelay = () => {
    const jittered = delay * (0.5 + Math.random() / 2)
    delay = Math.min(longestDelay, delay * 2)
    return jittered
  }

  return (retry) => {
    if (retry === 'ready') return nextDelay()
    if (retry === 'port') {
      if (refusedFor >= portPatience) return undefined
      const pause = nextDelay()
      refusedFor += pause
      return pause
    }
    if (spent.has(retry)) return undefined
    spent.add(retry)
    return 0
  }
}
