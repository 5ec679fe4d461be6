import type { VirtualTime } from './virtual-time.ts'

/**
 * Lets Node's timers and Math.random run on a simulation's time and chance: a source waits with the one and jitters
 * with the other before it asks again. Gives the function that puts the real ones back.
 */
export function useVirtualTimers(time: VirtualTime, random: () => number): () => void {
  const { setTimeout, clearTimeout } = globalThis
  const { random: realRandom } = Math
  Object.assign(globalThis, {
    setTimeout: (callback: () => void, milliseconds = 0) => time.after(milliseconds, callback),
    clearTimeout: (cancel: (() => void) | undefined) => cancel?.(),
  })
  Math.random = random
  return () => {
    Object.assign(globalThis, { setTimeout, clearTimeout })
    Math.random = realRandom
  }
}
