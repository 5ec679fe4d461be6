import { Command, CommanderError } from 'commander'
import { LocalError } from '../local-error.ts'
import { didYouMean } from '../nearest.ts'
import { addFlags, type Flag, FlagError } from './flags.ts'
import { UsageError } from './usage-error.ts'

/** A program as it was called, and how it is used. */
export interface Program {
  /** `secrets-cache-local`, or `secrets-cache local`. */
  readonly name: string
  readonly usage: string
}

/** Reads a command line: its flags, and the words that are none. Mistakes are thrown, and nothing is printed. */
export const readWords = <Values>(
  flags: readonly Flag[],
  given: readonly string[],
  program: Program,
): { readonly values: Values; readonly words: readonly string[] } => {
  const command = new Command(program.name)
    .argument('[words...]')
    // The help of these programs shows examples, so it is written by us.
    .helpOption(false)
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
  try {
    addFlags(command, flags).parse(given, { from: 'user' })
  } catch (error) {
    throw asOurs(error, command, program)
  }
  return { values: command.opts() as Values, words: command.args }
}

const asOurs = (error: unknown, command: Command, { name, usage }: Program): unknown => {
  if (error instanceof FlagError) return new LocalError('INVALID_OPTION', `${name}: ${error.message}`)
  if (!(error instanceof CommanderError)) return error
  const said = error.message.replace(/^error: o/, 'O').split('\n')[0]
  // What stands behind `=` may be a token.
  const [, dashes = '', word] = /^Option|unknown option '(--?)([^'=]+)/.exec(error.message) ?? []
  if (word === undefined) return new LocalError('INVALID_OPTION', `${name}: ${said}`)
  const names = command.options.map((option) => option.long?.slice(2) ?? '')
  if (names.includes(word))
    return new LocalError('INVALID_OPTION', `${name}: Option '--${word}' does not take an argument`)
  const nearest = didYouMean(word, names, (each) => `--${each}`)
  return new UsageError(`${name}: there is no flag ${dashes}${word}.${nearest}`, usage)
}
