import { type FSWatcher, watch } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { clearTimeout, setTimeout } from '../real-timers.ts'

/** Milliseconds without a further change before a change is reported: editors and bundlers write in several steps. */
const SETTLED = 100

/** Calls `onChange` after each change of a file that was added. */
export const followFiles = (onChange: (file: string) => void) => {
  const files = new Set<string>()
  const watchers = new Map<string, FSWatcher>()
  const settling = new Map<string, NodeJS.Timeout>()

  const heard = (file: string): void => {
    if (!files.has(file)) return
    clearTimeout(settling.get(file))
    settling.set(
      file,
      setTimeout(() => onChange(file), SETTLED),
    )
  }

  return {
    add: (more: Iterable<string>): void => {
      for (const file of more) {
        files.add(file)
        const folder = dirname(file)
        if (watchers.has(folder)) continue
        // The folder is watched, because many editors replace the file, which ends a watch of the file itself.
        watchers.set(
          folder,
          watch(folder, (_, name) => heard(join(folder, basename(name ?? '')))),
        )
      }
    },
    close: (): void => {
      for (const timer of settling.values()) clearTimeout(timer)
      for (const watcher of watchers.values()) watcher.close()
    },
  }
}
