import type { Values } from '../account/account.ts'
import type { Local } from '../start.ts'
import { misleadingIn } from '../testing/variables.ts'
import { plural } from './plural.ts'

/** The one line a parent process waits for. */
export const readyLine = ({ port, url, environment }: Local): string =>
  JSON.stringify({ event: 'ready', port, url, environment })

/** Lines a shell can take as they are; the first is a comment. */
export const environmentLines = ({ url, environment }: Local, values: Values): string => {
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(value)}`)
  const misleading = misleadingIn(process.env).filter((name) => !(name in environment))
  const unset = misleading.map((name) => `unset ${name}`)
  return [`# ${plural(values)} on ${url}; Ctrl-C ends it`, ...unset, ...exports].join('\n')
}

const quoted = (value: string): string =>
  /^[\w.:/-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
