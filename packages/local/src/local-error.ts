/** A mistake in the use of the stand-in; it never contains a value of the account. */
export class LocalError extends Error {
  override readonly name = 'LocalError'
  readonly code: LocalErrorCode

  constructor(code: LocalErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/**
 * `INVALID_OPTION`: an option or flag; `INVALID_VALUE`: a seed; `UNKNOWN_ID`: no such secret or parameter;
 * `PORT_TAKEN`; `BAD_FILE`: a values file; `CONTROL`: a control request was refused; `NOT_STARTED`: used before its
 * tests began; `FAKE_TIMERS`: a handler waits for a timer that its test has faked.
 */
export type LocalErrorCode =
  | 'INVALID_OPTION'
  | 'INVALID_VALUE'
  | 'UNKNOWN_ID'
  | 'PORT_TAKEN'
  | 'BAD_FILE'
  | 'CONTROL'
  | 'NOT_STARTED'
  | 'FAKE_TIMERS'
