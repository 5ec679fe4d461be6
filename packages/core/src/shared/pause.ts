import { systemClock } from './clock.ts'

/** Resolves after `milliseconds`, or as soon as the signal is aborted; leaves no timer and no listener behind. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = () => {
      cancel()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const cancel = systemClock.after(milliseconds, end)
    signal.addEventListener('abort', end)
  })
}
