import { FAULT_FLAGS, type FaultFlags, faultFlags } from '../cli/fault-flags.ts'
import { duration, parseFlags, refuse, wholeNumber } from '../cli/flags.ts'
import { USAGE } from '../cli/usage.ts'
import type { Flavour } from '../options.ts'

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
}

const FLAGS = {
  handler: { type: 'string' },
  event: { type: 'string' },
  values: { type: 'string' },
  times: { type: 'string' },
  timeout: { type: 'string' },
  watch: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  flavour: { type: 'string' },
  ttl: { type: 'string' },
  ...FAULT_FLAGS,
} as const

/** Reads the command line of `run`. */
export const readRunArguments = (given: readonly string[]): RunArguments => {
  const { values, positionals } = parseFlags(FLAGS, given, USAGE)
  const [place = '.', ...more] = positionals
  if (more.length > 0)
    refuse(`run takes one function; given were ${[place, ...more].map((name) => `"${name}"`).join(', ')}`)
  const times = values.times === undefined ? 1 : wholeNumber('times', values.times)
  if (times === 0) refuse('--times is "0"; it is a whole number from 1')
  return {
    place,
    handler: values.handler,
    event: values.event,
    values: values.values,
    times,
    timeoutMilliseconds: values.timeout === undefined ? 3_000 : duration('timeout', values.timeout),
    watch: values.watch ?? false,
    json: values.json ?? false,
    help: values.help ?? false,
    version: values.version ?? false,
    flavour: values.flavour as Flavour | undefined,
    ttl: values.ttl === undefined ? undefined : wholeNumber('ttl', values.ttl),
    faults: faultFlags(values),
  }
}
