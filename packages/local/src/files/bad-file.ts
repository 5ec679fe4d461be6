import { LocalError } from '../local-error.ts'

/** Throws for a place in a user's file; `why` must not quote the file. */
export const refuse = (place: string, why: string): never => {
  throw new LocalError('BAD_FILE', `${place}: ${why}`)
}
