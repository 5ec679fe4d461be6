import type { Flavour } from '../options.ts'
import { FAULT_FLAGS, type FaultFlags, faultFlags } from './fault-flags.ts'
import { parseFlags, refuse, wholeNumber } from './flags.ts'

export interface Arguments {
  readonly file: string | undefined
  /** Undefined: the layer's own port, or its variable. */
  readonly port: number | undefined
  readonly json: boolean
  readonly help: boolean
  readonly flavour: Flavour | undefined
  readonly token: string | undefined
  readonly region: string | undefined
  readonly faults: FaultFlags
  /** What stands after `--`. */
  readonly command: readonly string[]
}

const FLAGS = {
  port: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  flavour: { type: 'string' },
  token: { type: 'string' },
  region: { type: 'string' },
  ...FAULT_FLAGS,
} as const

/** Reads the command line of the stand-in alone. */
export const readArguments = (given: readonly string[]): Arguments => {
  const dashes = given.indexOf('--')
  const own = dashes < 0 ? given : given.slice(0, dashes)
  const { values, positionals } = parseFlags(FLAGS, own)
  if (positionals.length > 1)
    refuse(`one values file is enough; given were ${positionals.map((name) => `"${name}"`).join(', ')}`)
  return {
    file: positionals[0],
    port: values.port === undefined ? undefined : wholeNumber('port', values.port),
    json: values.json ?? false,
    help: values.help ?? false,
    // Whether it is one of the two is startLocal's to say.
    flavour: values.flavour as Flavour | undefined,
    token: values.token,
    region: values.region,
    faults: faultFlags(values),
    command: dashes < 0 ? [] : given.slice(dashes + 1),
  }
}
