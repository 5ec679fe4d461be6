import { resolve } from 'node:path'
import { firstIn, parseJson, readText, withoutMark } from '@secrets-cache/local/internal'
import { eventOf } from './events/event-types.ts'

/** The stand-in's. */
const REGION = 'eu-west-1'

export interface EventSource {
  /** The file, which is read again for each invocation; undefined when the event was given as JSON, is made, or is `{}`. */
  readonly file: string | undefined
  readonly read: () => unknown
}

/** The event: one of a type that is made, JSON as given, a file, the folder's event.json, or `{}`. */
export const eventFrom = (given: string | undefined, folder: string, type?: string): EventSource => {
  if (type !== undefined) return { file: undefined, read: () => eventOf(type, REGION) }
  if (given !== undefined && /^\s*[[{"]/.test(given)) {
    const event = parseJson('--event', withoutMark(given))
    return { file: undefined, read: () => event }
  }
  const file = given === undefined ? firstIn(folder, ['event.json']) : resolve(given)
  if (file === undefined) return { file, read: () => ({}) }
  return { file, read: () => parseJson(file, readText(file)) }
}
