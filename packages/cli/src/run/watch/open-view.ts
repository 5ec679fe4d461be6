import type { RunArguments } from '../run-arguments.ts'
import type { KeepRunningOptions } from './keep-running.ts'
import { readKeys } from './keyboard.ts'
import { readLines } from './read-lines.ts'
import { createScreen } from './screen.ts'
import { linesView, type View } from './view.ts'

/** Where a run is shown, and from where what a person wants is read. */
export interface Opened {
  readonly view: View
  readonly read: KeepRunningOptions['read']
}

/** A screen with keys where a person watches on a terminal; else lines, of which the input may have some too. */
export const openView = (
  { watch, json, http }: Pick<RunArguments, 'watch' | 'json' | 'http'>,
  write: (line: string) => void,
  warn: (line: string) => void,
): Opened => {
  const { stdin, stdout } = process
  if (watch && !json && http === undefined && stdin.isTTY && stdout.isTTY) {
    const view = createScreen(stdout)
    return { view, read: (actions, tell) => readKeys(stdin, view, actions, tell) }
  }
  const view = linesView(json ? () => {} : write, warn)
  return { view, read: (actions, tell) => readLines(stdin, actions, tell, view.note) }
}
