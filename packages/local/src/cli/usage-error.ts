import { LocalError } from '../local-error.ts'

/** A word on the command line that means nothing here; `usage` is shown below the message. */
export class UsageError extends LocalError {
  readonly usage: string

  constructor(why: string, usage: string) {
    super('INVALID_OPTION', `secrets-cache-local: ${why}`)
    this.usage = usage
  }
}
