import { existsSync } from 'node:fs'
import { isValuesFile } from '../files/values-file.ts'
import { LocalError } from '../local-error.ts'
import { didYouMean } from '../nearest.ts'
import type { Flavour } from '../options.ts'
import { FAULT_FLAGS, type FaultFlags, faultFlags } from './fault-flags.ts'
import { type Flag, HELP_FLAGS, wholeNumber } from './flags.ts'
import { OLD_NAME, usageOf } from './help.ts'
import { PAGE_FLAGS, type PageFlags, pageFlags } from './page-flags.ts'
import { readWords } from './read-words.ts'
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

export const FLAGS: readonly Flag[] = [
  {
    flags: '--port <value>',
    shown: '--port 2773',
    about: 'port on 127.0.0.1; 0 = any free one',
    read: wholeNumber('port'),
  },
  {
    flags: '--flavour <value>',
    shown: '--flavour layer',
    about: 'layer | agent: who answers GET requests',
  },
  {
    flags: '--token <value>',
    shown: '--token TEXT',
    about: 'the token they require in X-Aws-Parameters-Secrets-Token',
  },
  { flags: '--region <value>', shown: '--region eu-west-1', about: "the account's region" },
  {
    flags: '--ttl <value>',
    shown: '--ttl 300',
    about: 'seconds that the layer or the agent keeps a value; 0 = it asks AWS each time',
    read: wholeNumber('ttl'),
  },
  {
    flags: '--json',
    shown: '--json',
    about: 'one line of JSON when ready, for a parent process, and no request log',
  },
  ...PAGE_FLAGS,
  ...HELP_FLAGS,
]

type Given = Partial<Omit<Arguments, 'file' | 'command' | 'faults' | 'page'> & FaultFlags & PageFlags>

/** Reads the command line of the stand-in, which was called by `name`. */
export const readArguments = (given: readonly string[], name: string = OLD_NAME): Arguments => {
  const dashes = given.indexOf('--')
  const own = dashes < 0 ? given : given.slice(0, dashes)
  const usage = usageOf(name)
  const { values, words } = readWords<Given>([...FLAGS, ...FAULT_FLAGS], own, { name, usage })
  const [file, ...more] = words
  if (file !== undefined && !isValuesFile(file) && !existsSync(file)) {
    // Suggestions for a word that is neither a command nor a file.
    const known = name === OLD_NAME ? ['run', '--help', '--version'] : ['--help', '--version']
    const nearest = didYouMean(file, known, (word) => word)
    throw new UsageError(`${name}: there is no command or file "${file}".${nearest}`, usage)
  }
  if (more.length > 0)
    throw new LocalError(
      'INVALID_OPTION',
      `${name}: one values file is enough; given were ${words.map((word) => `"${word}"`).join(', ')}`,
    )
  const { port, json = false, help = false, version = false, flavour, token, region, ttl } = values
  return {
    ...{ file, port, json, help, version, token, region, ttl },
    // startLocal checks it.
    flavour,
    faults: faultFlags(values),
    page: pageFlags(values),
    command: dashes < 0 ? [] : given.slice(dashes + 1),
  }
}
