import { type FSWatcher, watch } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Milliseconds of quiet that end a change: editors and bundlers write in several steps. */
const SETTLED = 100

/** Waits for changes of files; one that comes while nobody waits is kept. */
export const watchFiles = () => {
  const files = new Set<string>()
  const watchers = new Map<string, FSWatcher>()
  const settling = new Map<string, NodeJS.Timeout>()
  let told = Promise.withResolvers<string>()

  const heard = (file: string) => {
    if (!files.has(file)) return
    clearTimeout(settling.get(file))
    settling.set(
      file,
      setTimeout(() => told.resolve(file), SETTLED),
    )
  }

  return {
    add: (more: Iterable<string>): void => {
      for (const file of more) {
        files.add(file)
        const folder = dirname(file)
        // Folders are watched: an editor that replaces a file would leave a watch on the old one.
        if (!watchers.has(folder))
          watchers.set(
            folder,
            watch(folder, (_, name) => heard(join(folder, basename(name ?? '')))),
          )
      }
    },
    /** Says something else that those who wait must hear. */
    tell: (what: string): void => told.resolve(what),
    next: async (): Promise<string> => {
      const what = await told.promise
      told = Promise.withResolvers()
      return what
    },
    close: (): void => {
      for (const timer of settling.values()) clearTimeout(timer)
      for (const watcher of watchers.values()) watcher.close()
    },
  }
}
