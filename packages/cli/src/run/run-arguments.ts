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
import { checkEventType, eventTypes } from './events/event-types.ts'

export interface RunArguments {
  /** The function's folder, or its file. */
  readonly place: string
  readonly handler: string | undefined
  /** A file, or JSON as it is. */
  readonly event: string | undefined
  /** An event of this type is made. */
  readonly eventType: string | undefined
  /** The port on which the function is served. */
  readonly http: number | undefined
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
    flags: '--event-type <value>',
    shown: '--event-type sqs',
    about: `makes an event of this type: ${eventTypes.join(' | ')}`,
  },
  {
    flags: '--http <value>',
    shown: '--http 3000',
    about: 'serves the function behind a port, as a Function URL does; 0 for any free port',
    read: wholeNumber('http'),
  },
  {
    flags: '--values <value>',
    shown: '--values FILE',
    about:
      'default: values.json, .yaml, .yml or .env in the folder, or in the nearest one above it within the repository',
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
      'again at each change of the code (cold), of the event, of the values (a rotation), and at keys: Enter again, c cold, f forget, r rotate, d deny, n not ready',
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
  const { handler, event, eventType, http, times = 1, timeout = 3_000, watch = false, json = false } = values
  const { help = false, version = false, flavour, ttl } = values
  if (times === 0) refuse('--times is "0"; it is a whole number from 1')
  if (event !== undefined && eventType !== undefined)
    refuse('--event and --event-type both say which event there is; leave one of them out')
  if (eventType !== undefined) checkEventType(eventType)
  if (http !== undefined) checkHttp(http, values)
  return {
    ...{ place, handler, event, eventType, http, values: values.values, times, timeoutMilliseconds: timeout },
    ...{ watch, json, help, version, flavour, ttl, faults: faultFlags(values) },
    page: pageFlags(values),
  }
}

/** What `--http` says itself: which events there are, and how many. */
const checkHttp = (port: number, values: Given): void => {
  if (port > 65_535) refuse(`--http is "${port}"; a port is a number from 0 to 65535`)
  const others = (['event', 'eventType', 'times'] as const).filter((flag) => values[flag] !== undefined)
  const [other] = others.map((flag) => `--${flag.replace('T', '-t')}`)
  if (other !== undefined) refuse(`--http makes an event of each request; leave ${other} out`)
}
