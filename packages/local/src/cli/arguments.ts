import { existsSync } from 'node:fs'
import { isValuesFile } from '../files/values-file.ts'
import { didYouMean } from '../nearest.ts'
import type { Flavour } from '../options.ts'
import { FAULT_FLAGS, type FaultFlags, faultFlags } from './fault-flags.ts'
import { parseFlags, refuse, wholeNumber } from './flags.ts'
import { PAGE_FLAGS, type PageFlags, pageFlags } from './page-flags.ts'
import { USAGE } from './usage.ts'
import { UsageError } from './usage-error.ts'

export interface Arguments {
  readonly file: string | undefined
  /** Undefined: the layer's own port, or its variable. */
  readonly port: number | undefined
  readonly json: boolean
  readonly help: boolean
  readonly version: boolean
  readonly flavour: Flavour | undefined
  readonly token: string | undefined
  readonly region: string | undefined
  /** Seconds. */
  readonly ttl: number | undefined
  readonly faults: FaultFlags
  readonly page: PageFlags
  /** What stands after `--`. */
  readonly command: readonly string[]
}

const FLAGS = {
  port: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  flavour: { type: 'string' },
  token: { type: 'string' },
  region: { type: 'string' },
  ttl: { type: 'string' },
  ...FAULT_FLAGS,
  ...PAGE_FLAGS,
} as const

/** Suggestions for a word that is neither a command nor a file. */
const WORDS = ['run', '--help', '--version']

/** Reads the command line, except that of `run`. */
export const readArguments = (given: readonly string[]): Arguments => {
  const dashes = given.indexOf('--')
  const own = dashes < 0 ? given : given.slice(0, dashes)
  const { values, positionals } = parseFlags(FLAGS, own, USAGE)
  const [file, ...more] = positionals
  if (file !== undefined && !isValuesFile(file) && !existsSync(file))
    throw new UsageError(
      `there is no command or file "${file}".${didYouMean(file, WORDS, (word) => word)}`,
      USAGE,
    )
  if (more.length > 0)
    refuse(`one values file is enough; given were ${positionals.map((name) => `"${name}"`).join(', ')}`)
  return {
    file,
    port: values.port === undefined ? undefined : wholeNumber('port', values.port),
    json: values.json ?? false,
    help: values.help ?? false,
    version: values.version ?? false,
    // startLocal checks it.
    flavour: values.flavour as Flavour | undefined,
    token: values.token,
    region: values.region,
    ttl: values.ttl === undefined ? undefined : wholeNumber('ttl', values.ttl),
    faults: faultFlags(values),
    page: pageFlags(values),
    command: dashes < 0 ? [] : given.slice(dashes + 1),
  }
}
