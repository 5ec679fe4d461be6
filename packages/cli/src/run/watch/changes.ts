import { followFiles } from '@secrets-cache/local/internal'
import type { Command } from './commands.ts'

/** What `run --watch` waits for: a change of a file, a command of a person, or the end. */
export type Change = { readonly file: string } | { readonly command: Command } | 'end'

/** Waits for changes of files or for other signals; a change that comes while nobody waits is kept. */
export const createChanges = () => {
  let next = Promise.withResolvers<Change>()
  const tell = (what: Change): void => next.resolve(what)
  const { add, close } = followFiles((file) => tell({ file }))

  return {
    add,
    /** Ends the wait with another signal. */
    tell,
    next: async (): Promise<Change> => {
      const what = await next.promise
      next = Promise.withResolvers()
      return what
    },
    close,
  }
}
