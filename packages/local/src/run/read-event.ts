import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { jsonErrorOffset, lineAndColumn } from '../cli/json-position.ts'
import { LocalError } from '../local-error.ts'
import { firstIn } from './find-function.ts'

export interface EventSource {
  /** Where it is read, anew for each invocation; undefined: it was given as JSON, or is `{}`. */
  readonly file: string | undefined
  readonly read: () => unknown
}

/** The event: JSON as given, a file, the folder's event.json, or `{}`. */
export const eventFrom = (given: string | undefined, folder: string): EventSource => {
  if (given !== undefined && /^\s*[[{"]/.test(given)) {
    const event = parse('--event', given)
    return { file: undefined, read: () => event }
  }
  const file = given === undefined ? firstIn(folder, ['event.json']) : resolve(given)
  if (file === undefined) return { file, read: () => ({}) }
  return { file, read: () => parse(file, textOf(file)) }
}

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new LocalError(
      'BAD_FILE',
      `${file}: ${code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`}`,
    )
  }
}

const parse = (place: string, text: string): unknown => {
  const offset = jsonErrorOffset(text)
  if (offset === undefined) return JSON.parse(text)
  throw new LocalError('BAD_FILE', `${place}:${lineAndColumn(text, offset)}: this is not JSON from here on`)
}
