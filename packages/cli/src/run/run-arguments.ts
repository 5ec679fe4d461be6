import {
  duration,
  FAULT_FLAGS,
  type FaultFlags,
  type Flag,
  type Flavour,
  faultFlags,
  HELP_FLAGS,
  PAGE_FLAGS,
  type PageFlags,
  type Program,
  pageFlags,
  readWords,
  refuse,
  wholeNumber,
} from '@secrets-cache/local/internal'

export interface RunArguments {
  /** The function's folder, or its file. */
  readonly place: string
  readonly handler: string | undefined
  /** A file, or JSON as it is. */
  readonly event: string | undefined
  readonly values: string | undefined
  readonly times: number
  readonly timeoutMilliseconds: number
  readonly watch: boolean
  readonly json: boolean
  readonly help: boolean
  readonly version: boolean
  readonly flavour: Flavour | undefined
  /** Seconds. */
  readonly ttl: number | undefined
  readonly faults: FaultFlags
  readonly page: PageFlags
}

export const RUN_FLAGS: readonly Flag[] = [
  {
    flags: '--handler <value>',
    shown: '--handler src/index.handler',
    about: 'file and export, as Lambda has it',
  },
  {
    flags: '--event <value>',
    shown: '--event FILE | JSON',
    about: 'default: event.json in the folder, else {}',
  },
  {
    flags: '--values <value>',
    shown: '--values FILE',
    about: 'default: values.json, .yaml, .yml or .env in the folder',
  },
  {
    flags: '--times <value>',
    shown: '--times 1',
    about: 'invocations; all but the first are warm',
    read: wholeNumber('times'),
  },
  {
    flags: '--timeout <value>',
    shown: '--timeout 3s',
    about: "the function's time-out",
    read: duration('timeout'),
  },
  {
    flags: '--watch',
    shown: '--watch',
    about:
      'again at each change of the code (cold), of the event, of the values (a rotation), and at Enter; f and Enter forgets what is cached',
  },
  {
    flags: '--ttl <value>',
    shown: '--ttl 300',
    about: 'seconds that the layer or the agent keeps a value',
    read: wholeNumber('ttl'),
  },
  { flags: '--flavour <value>', shown: '--flavour layer', about: 'layer | agent' },
  { flags: '--json', shown: '--json', about: 'a line of JSON for INIT and for each invocation' },
  ...PAGE_FLAGS,
  ...HELP_FLAGS,
]

type Given = Partial<
  Omit<RunArguments, 'place' | 'timeoutMilliseconds' | 'faults' | 'page'> & FaultFlags & PageFlags
> & {
  /** Milliseconds. */
  readonly timeout?: number
}

/** The name of the program, where nobody gives an older one. */
export const RUN_NAME = 'secrets-cache run'

/** Reads the command line of `run`, which was called by `name`. */
export const readRunArguments = (given: readonly string[], name: string = RUN_NAME): RunArguments => {
  const program: Program = { name, usage: `usage: ${name} [function folder] [flags]\n       ${name} --help` }
  const { values, words } = readWords<Given>([...RUN_FLAGS, ...FAULT_FLAGS], given, program)
  const [place = '.', ...more] = words
  if (more.length > 0)
    refuse(`run takes one function; given were ${words.map((word) => `"${word}"`).join(', ')}`)
  const { handler, event, times = 1, timeout = 3_000, watch = false, json = false } = values
  const { help = false, version = false, flavour, ttl } = values
  if (times === 0) refuse('--times is "0"; it is a whole number from 1')
  return {
    ...{ place, handler, event, values: values.values, times, timeoutMilliseconds: timeout },
    ...{ watch, json, help, version, flavour, ttl, faults: faultFlags(values) },
    page: pageFlags(values),
  }
}
