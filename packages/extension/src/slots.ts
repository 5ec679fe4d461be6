export interface Slots {
  /** Takes a slot, in turn; `false` when the signal came first. */
  readonly take: (signal: AbortSignal) => Promise<boolean>
  /** Gives one back, to whoever has waited longest. */
  readonly release: () => void
}

/** A queue in front of undici and not inside it: who waits here can leave at once, and no socket dies of it. */
export function createSlots(count: number): Slots {
  let free = count
  const waiting = new Set<() => void>()

  const queue = (signal: AbortSignal) =>
    new Promise<boolean>((resolve) => {
      const settle = (granted: boolean) => {
        waiting.delete(grant)
        signal.removeEventListener('abort', refuse)
        resolve(granted)
      }
      const grant = () => settle(true)
      const refuse = () => settle(false)
      waiting.add(grant)
      signal.addEventListener('abort', refuse)
    })

  return {
    take: async (signal) => {
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
