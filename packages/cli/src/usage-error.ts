/** A command line, or a file named on it, that cannot be followed: told without a trace, exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
