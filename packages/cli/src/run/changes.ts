import { followFiles } from '@secrets-cache/local/internal'

/** Waits for changes of files or for other signals; a change that comes while nobody waits is kept. */
export const createChanges = () => {
  let next = Promise.withResolvers<string>()
  const tell = (what: string): void => next.resolve(what)
  const { add, close } = followFiles(tell)

  return {
    add,
    /** Ends the wait with another signal. */
    tell,
    next: async (): Promise<string> => {
      const what = await next.promise
      next = Promise.withResolvers()
      return what
    },
    close,
  }
}
