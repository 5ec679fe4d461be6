import { LocalError } from '../local-error.ts'

/** An unknown word on the command line; `usage` is shown below the message. */
export class UsageError extends LocalError {
  readonly usage: string

  constructor(why: string, usage: string) {
    super('INVALID_OPTION', why)
    this.usage = usage
  }
}
