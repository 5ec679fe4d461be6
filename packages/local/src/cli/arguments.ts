import { parseArgs } from 'node:util'
import { LocalError } from '../local-error.ts'
import { didYouMean } from '../nearest.ts'
import type { Flavour } from '../options.ts'

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

export interface FaultFlags {
  readonly notReady: { readonly milliseconds: number } | { readonly times: number } | undefined
  readonly deny: readonly string[]
  /** Milliseconds. */
  readonly slow: number | undefined
  /** Reads a second. */
  readonly throttle: number | undefined
  readonly opaque: boolean
}

const FLAGS = {
  port: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  flavour: { type: 'string' },
  token: { type: 'string' },
  region: { type: 'string' },
  'not-ready': { type: 'string' },
  deny: { type: 'string', multiple: true },
  slow: { type: 'string' },
  throttle: { type: 'string' },
  opaque: { type: 'boolean' },
} as const

/** Reads the command line; what it does not know it refuses, with the nearest flag. */
export const readArguments = (given: readonly string[]): Arguments => {
  const dashes = given.indexOf('--')
  const own = dashes < 0 ? given : given.slice(0, dashes)
  const { values, positionals } = parse(own)
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
    faults: {
      notReady:
        values['not-ready'] === undefined ? undefined : durationOrCount('not-ready', values['not-ready']),
      deny: values.deny ?? [],
      slow: values.slow === undefined ? undefined : duration('slow', values.slow),
      throttle: values.throttle === undefined ? undefined : rate('throttle', values.throttle),
      opaque: values.opaque ?? false,
    },
    command: dashes < 0 ? [] : given.slice(dashes + 1),
  }
}

const parse = (own: readonly string[]) => {
  const names = Object.keys(FLAGS)
  const { tokens } = parseArgs({
    args: [...own],
    options: FLAGS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind === 'option' && !names.includes(token.name))
      refuse(`there is no flag ${token.rawName}.${didYouMean(token.name, names)}`)
  }
  try {
    return parseArgs({ args: [...own], options: FLAGS, allowPositionals: true })
  } catch (error) {
    return refuse((error as Error).message)
  }
}

const wholeNumber = (flag: string, given: string): number =>
  /^\d+$/.test(given) ? Number(given) : refuse(`--${flag} is "${given}"; it is a whole number`)

const duration = (flag: string, given: string): number => {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(given) ?? []
  if (amount === undefined) return refuse(`--${flag} is "${given}"; it is a time such as 200ms or 1.5s`)
  return Number(amount) * (unit === 's' ? 1000 : 1)
}

const durationOrCount = (flag: string, given: string) =>
  /^\d+$/.test(given) ? { times: Number(given) } : { milliseconds: duration(flag, given) }

const rate = (flag: string, given: string): number => {
  const [, amount] = /^(\d+)\/s$/.exec(given) ?? []
  return amount === undefined ? refuse(`--${flag} is "${given}"; it is a rate such as 40/s`) : Number(amount)
}

const refuse = (why: string): never => {
  throw new LocalError('INVALID_OPTION', `secrets-cache-local: ${why}`)
}
