import { LocalError } from '../local-error.ts'

/** Throws for a place in a file that somebody wrote; `why` must not quote what stands there. */
export const refuse = (place: string, why: string): never => {
  throw new LocalError('BAD_FILE', `${place}: ${why}`)
}
