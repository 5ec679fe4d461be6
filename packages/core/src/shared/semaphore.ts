/** At most so many holders at a time. */
export interface Semaphore {
  /** Resolves to `true` when it is this caller's turn, to `false` when the signal was aborted first. */
  readonly acquire: (signal: AbortSignal) => Promise<boolean>
  /** Lets in whoever has waited longest. Call it once for each `acquire` that gave `true`. */
  readonly release: () => void
}

/** A caller that is aborted leaves the queue at once: it is let in nowhere, and holds up nobody. */
export function createSemaphore(count: number): Semaphore {
  let free = count
  const waiting = new Set<() => void>()

  const queue = (signal: AbortSignal) =>
    new Promise<boolean>((resolve) => {
      const settle = (isGranted: boolean) => {
        waiting.delete(grant)
        signal.removeEventListener('abort', leave)
        resolve(isGranted)
      }
      const grant = () => settle(true)
      const leave = () => settle(false)
      waiting.add(grant)
      signal.addEventListener('abort', leave)
    })

  return {
    acquire: async (signal) => {
      if (signal.aborted) return false
      if (free === 0) return queue(signal)
      free--
      return true
    },
    release: () => {
      const [next] = waiting
      if (next) next()
      else free++
    },
  }
}
