/** Where `run` shows what it does: lines, or a screen. */
export interface View {
  /** What is run, and where its page is. */
  readonly head: (line: string) => void
  /** The report of INIT and of the invocation. */
  readonly say: (line: string) => void
  /** What the function prints. */
  readonly log: (line: string) => void
  /** What has changed before the next invocation. */
  readonly note: (line: string) => void
  /** What is likely to be a mistake. */
  readonly warn: (line: string) => void
  /** An invocation begins. */
  readonly begin: () => void
  /** `run --watch` waits for a change; `active` says which faults are on. */
  readonly idle: (active: string | undefined) => void
  readonly close: () => void
}

/** One line after the other: for pipes, for logs, and without `--watch`. */
export const linesView = (write: (line: string) => void, warn: (line: string) => void): View => ({
  head: (line) => write(`${line}\n`),
  say: write,
  log: (line) => warn(`    | ${line}`),
  note: write,
  warn,
  begin: () => {},
  idle: (active) =>
    write(
      `\n${active === undefined ? '' : `${active}\n`}watching; Enter invokes again, f and Enter after forgetting, Ctrl-C ends\n`,
    ),
  close: () => {},
})
