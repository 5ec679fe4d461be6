// What the commands of this repository share: flags and words from the command line, --help, and a refusal that helps.
import { parseArgs } from 'node:util'
import { closest, distance } from 'fastest-levenshtein'

interface Flag {
  readonly type: 'string' | 'number' | 'boolean'
  readonly help: string
  readonly default?: string | number
  /** What may be given. @default anything of its type */
  readonly allowed?: readonly string[]
}

export interface Command<Flags extends Readonly<Record<string, Flag>>> {
  /** As npm knows it: `npm run name`. */
  readonly name: string
  readonly about: string
  readonly flags: Flags
  /** What may be named besides flags. @default nothing */
  readonly words?: { readonly what: string; readonly allowed: readonly string[] }
}

type Value<One extends Flag> = One['type'] extends 'boolean'
  ? boolean
  : One['type'] extends 'number'
    ? number | (One extends { default: number } ? never : undefined)
    : string | (One extends { default: string } ? never : undefined)

type Given<Flags extends Readonly<Record<string, Flag>>> = {
  readonly flags: { readonly [Name in keyof Flags]: Value<Flags[Name]> }
  readonly words: readonly string[]
}

/** What the command was given. Prints help, or why it cannot run, and ends the process where there is nothing to run. */
export function readCommand<const Flags extends Readonly<Record<string, Flag>>>(
  command: Command<Flags>,
  argv: readonly string[] = process.argv.slice(2),
): Given<Flags> {
  // `npm run x -- --help`, and `npm run x -- help`.
  if (argv.includes('--help') || argv.includes('-h') || argv[0] === 'help') {
    console.log(helpOf(command))
    process.exit(0)
  }
  try {
    return parse(command, argv)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(error.message)
    process.exit(2)
  }
}

class UsageError extends Error {}

function parse<Flags extends Readonly<Record<string, Flag>>>(
  command: Command<Flags>,
  argv: readonly string[],
): Given<Flags> {
  const { flags, words } = command
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { type }]) => [
      name,
      { type: type === 'boolean' ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const given: Record<string, string | true> = {}
  const named: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (!words?.allowed.includes(token.value)) throw unknown(command, words?.what ?? 'word', token.value)
      named.push(token.value)
    } else if (token.kind === 'option') {
      const flag = flags[token.name]
      if (!flag) throw unknown(command, 'flag', token.rawName)
      if (flag.type === 'boolean' && token.value !== undefined)
        throw new UsageError(`--${token.name} takes no value; it is either there or not`)
      if (flag.type !== 'boolean' && (token.value === undefined || token.value.startsWith('--')))
        throw new UsageError(`--${token.name} needs a value; ${token.name}: ${flag.help}`)
      given[token.name] = token.value ?? true
    }
  }
  const read = Object.entries(flags).map(([name, flag]) => [name, readValue(name, flag, given[name])])
  return { flags: Object.fromEntries(read), words: named }
}

function readValue(name: string, flag: Flag, given: string | true | undefined) {
  if (flag.type === 'boolean') return given === true
  if (given === undefined || given === true) return flag.default
  if (flag.allowed && !flag.allowed.includes(given))
    throw new UsageError(
      `--${name} is "${given}"; it is one of ${listed(flag.allowed)}.${didYouMean(given, flag.allowed)}`,
    )
  if (flag.type === 'string') return given
  const number = Number(given)
  if (given.trim() !== '' && number >= 0 && Number.isFinite(number)) return number
  throw new UsageError(`--${name} is "${given}"; it is a number from 0 up`)
}

function unknown(
  { name, flags, words }: Command<Readonly<Record<string, Flag>>>,
  what: string,
  given: string,
) {
  const isFlag = given.startsWith('-')
  const allowed = isFlag ? Object.keys(flags).map((flag) => `--${flag}`) : (words?.allowed ?? [])
  return new UsageError(
    [
      wrap(`npm run ${name}: there is no ${what} "${given}".${didYouMean(given, allowed)}`),
      ...(allowed.length > 0 ? [wrap(`There ${allowed.length > 1 ? 'are' : 'is'} ${listed(allowed)}.`)] : []),
      `npm run ${name} -- --help says what each does.`,
    ].join('\n'),
  )
}

/** ` Did you mean "x"?`, or nothing where no word is close. */
function didYouMean(given: string, allowed: readonly string[]): string {
  if (allowed.length === 0) return ''
  const best = closest(given, allowed)
  const isClose = distance(given, best) <= Math.max(2, best.length / 3)
  return isClose || (given.length > 2 && best.startsWith(given)) ? ` Did you mean "${best}"?` : ''
}

const listed = (all: readonly string[]): string =>
  all.length < 2 ? all.join() : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`

function helpOf({ name, about, flags, words }: Command<Readonly<Record<string, Flag>>>): string {
  const usage = [`npm run ${name}`, '--', ...(words ? [`[${words.what} ...]`] : []), '[flags]'].join(' ')
  const rows: (readonly [string, string])[] = [
    ...(words ? [[words.what, `${listed(words.allowed)}; all of them where none is named`] as const] : []),
    ...Object.entries(flags).map(([flag, one]) => [written(flag, one), one.help] as const),
    ['--help', 'this text'],
  ]
  const width = Math.max(...rows.map(([left]) => left.length)) + 4
  const lines = rows.map(([left, right]) => wrap(`  ${left}`.padEnd(width) + right, width))
  return [usage, '', wrap(about), '', ...lines].join('\n')
}

function written(name: string, { type, default: usual, allowed }: Flag): string {
  if (type === 'boolean') return `--${name}`
  return `--${name} ${usual ?? allowed?.join('|') ?? (type === 'number' ? 'NUMBER' : 'TEXT')}`
}

/** Lines of at most 80 columns; all but the first are indented. */
export function wrap(text: string, indent = 0): string {
  const lines = ['']
  for (const word of text.split(/(?<=\S) /)) {
    const last = lines.at(-1) as string
    if (last.length + word.length < 80) lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
    else lines.push(' '.repeat(indent) + word)
  }
  return lines.join('\n')
}
