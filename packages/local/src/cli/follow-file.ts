import { watch } from 'node:fs'
import { basename, dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Values } from '../account/account.ts'
import type { Local } from '../start.ts'
import { readValues } from './values-file.ts'

/** Editors write a file in several steps; this many milliseconds of quiet end a change. */
const SETTLED = 50

/** Makes every change of the file a rotation; says what it did, by name. Ends when `close` is called. */
export const followFile = (file: string, first: Values, local: Local, say: (line: string) => void) => {
  let held = first
  let settling: NodeJS.Timeout | undefined

  const apply = async () => {
    try {
      const next = await readValues(file)
      for (const line of rotateAll(local, held, next)) say(line)
      held = next
    } catch (error) {
      say(`The file changed and is not taken: ${(error as Error).message}`)
    }
  }

  // The folder is watched: an editor that replaces the file would leave a watch on the old one.
  const watcher = watch(dirname(file), (_, name) => {
    if (name !== basename(file)) return
    clearTimeout(settling)
    settling = setTimeout(apply, SETTLED)
  })

  return {
    close: () => {
      watcher.close()
      clearTimeout(settling)
    },
  }
}

const rotateAll = ({ account }: Local, before: Values, after: Values): readonly string[] => [
  ...changes(before.secrets, after.secrets, account.putSecret, (id) =>
    account.delete(id, { kind: 'secret' }),
  ),
  ...changes(before.parameters, after.parameters, account.putParameter, (id) =>
    account.delete(id, { kind: 'parameter' }),
  ),
]

const changes = <Value>(
  before: Readonly<Record<string, Value>> = {},
  after: Readonly<Record<string, Value>> = {},
  put: (id: string, value: Value) => unknown,
  remove: (id: string) => void,
): readonly string[] => {
  const lines: string[] = []
  for (const [id, value] of Object.entries(after)) {
    if (isDeepStrictEqual(before[id], value)) continue
    put(id, value)
    lines.push(`${id in before ? 'rotated' : 'added'} ${id}`)
  }
  for (const id of Object.keys(before)) {
    if (id in after) continue
    remove(id)
    lines.push(`removed ${id}`)
  }
  return lines
}
