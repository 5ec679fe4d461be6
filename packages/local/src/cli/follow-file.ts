import { watch } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Values } from '../account/account.ts'
import type { Local } from '../start.ts'
import { createRotator } from './rotator.ts'

/** Editors write a file in several steps; this many milliseconds of quiet end a change. */
const SETTLED = 50

/** Makes every change of the file a rotation; says what it did, by name. Ends when `close` is called. */
export const followFile = (file: string, first: Values, local: Local, say: (line: string) => void) => {
  const apply = createRotator(file, first, local, say)
  let settling: NodeJS.Timeout | undefined

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
