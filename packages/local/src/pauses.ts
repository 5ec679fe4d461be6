import { clearTimeout, setTimeout } from './real-timers.ts'

export type Pauses = ReturnType<typeof createPauses>

/** Waits in real time that all end when the stand-in closes, so that none keeps the process alive. */
export const createPauses = () => {
  const waiting = new Map<NodeJS.Timeout, () => void>()

  return {
    wait: (milliseconds: number): Promise<void> =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          waiting.delete(timer)
          resolve()
        }, milliseconds)
        waiting.set(timer, resolve)
      }),
    end: () => {
      for (const [timer, resolve] of waiting) {
        clearTimeout(timer)
        resolve()
      }
      waiting.clear()
    },
  }
}
