import { setFlagsFromString } from 'node:v8'

setFlagsFromString('--allow-natives-syntax')

/**
 * Runs every microtask that is due, now and without leaving the caller: an event costs no turn of the loop. Works
 * only outside of microtasks, so call it from a timer, never after an `await`.
 */
export const drain = new Function('%PerformMicrotaskCheckpoint()') as () => void

/** Runs synchronous code outside of any microtask. */
export function outsideMicrotasks<Result>(run: () => Result): Promise<Result> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(run())
      } catch (error) {
        reject(error)
      }
    })
  })
}
