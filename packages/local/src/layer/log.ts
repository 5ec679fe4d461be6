import type { LogLevel } from './settings.ts'

const ORDER: readonly LogLevel[] = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'NONE']

export type LayerLog = (level: Exclude<LogLevel, 'NONE'>, message: string) => void

/** Lines in the real layer's form: `[AWS Parameters and Secrets Lambda Extension] 2024/06/26 02:34:50 INFO ...`. */
export const createLayerLog =
  (least: LogLevel, write: (line: string) => void, now: () => number): LayerLog =>
  (level, message) => {
    if (ORDER.indexOf(level) < ORDER.indexOf(least)) return
    const time = new Date(now()).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')
    write(`[AWS Parameters and Secrets Lambda Extension] ${time} ${level} ${message}`)
  }
