import type { Command } from 'commander'
import { columns } from '../columns.ts'

/** A flag of a command line, and its line in the help. */
export interface Flag {
  /** As commander reads it: `--port <value>`. */
  readonly flags: string
  /** As the help shows it, with an example of a value: `--port 2773`. */
  readonly shown: string
  readonly about: string
  /** Makes of the text what the program needs; throws a FlagError. */
  readonly read?: (given: string, before: unknown) => unknown
}

/** What was given to a flag is refused; the message gets the program's name in front. */
export class FlagError extends Error {
  override readonly name = 'FlagError'
}

export const HELP_FLAGS: readonly Flag[] = [
  { flags: '-v, --version', shown: '--version', about: '' },
  { flags: '-h, --help', shown: '--help', about: '' },
]

export const addFlags = (command: Command, flags: readonly Flag[]): Command => {
  for (const { flags: written, about, read } of flags) {
    if (read) command.option(written, about, read)
    else command.option(written, about)
  }
  return command
}

/** The width of a small terminal. */
const WIDTH = 80

/** Flags and what they do, aligned. */
export const flagLines = (flags: readonly Flag[]): string =>
  columns(
    flags.map(({ shown, about }) => [shown, about]),
    { width: WIDTH, indent: 2, least: [19] },
  ).join('\n')

export const wholeNumber = (flag: string) => (given: string) =>
  /^\d+$/.test(given) ? Number(given) : refuse(`--${flag} is "${given}"; it is a whole number`)

/** Milliseconds. */
export const duration =
  (flag: string) =>
  (given: string): number => {
    const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(given) ?? []
    if (amount === undefined) return refuse(`--${flag} is "${given}"; it is a time such as 200ms or 1.5s`)
    return Number(amount) * (unit === 's' ? 1000 : 1)
  }

export const durationOrCount = (flag: string) => (given: string) =>
  /^\d+$/.test(given) ? { times: Number(given) } : { milliseconds: duration(flag)(given) }

export const rate = (flag: string) => (given: string) => {
  const [, amount] = /^(\d+)\/s$/.exec(given) ?? []
  return amount === undefined ? refuse(`--${flag} is "${given}"; it is a rate such as 40/s`) : Number(amount)
}

export const collected = (given: string, before: unknown): readonly string[] => [
  ...((before as readonly string[] | undefined) ?? []),
  given,
]

export const refuse = (why: string): never => {
  throw new FlagError(why)
}
