import { resolve } from 'node:path'
import { firstIn, parseJson, readText, withoutMark } from '@secrets-cache/local/internal'

export interface EventSource {
  /** The file, which is read again for each invocation; undefined when the event was given as JSON or is `{}`. */
  readonly file: string | undefined
  readonly read: () => unknown
}

/** The event: JSON as given, a file, the folder's event.json, or `{}`. */
export const eventFrom = (given: string | undefined, folder: string): EventSource => {
  if (given !== undefined && /^\s*[[{"]/.test(given)) {
    const event = parseJson('--event', withoutMark(given))
    return { file: undefined, read: () => event }
  }
  const file = given === undefined ? firstIn(folder, ['event.json']) : resolve(given)
  if (file === undefined) return { file, read: () => ({}) }
  return { file, read: () => parseJson(file, readText(file)) }
}
