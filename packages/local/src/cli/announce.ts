import type { Values } from '../account/account.ts'
import type { Local } from '../start.ts'
import { misleadingIn, NO_ACCOUNT } from '../variables.ts'
import { countedValues } from './counted-values.ts'

/** The line that a parent process waits for. */
export const readyLine = ({ port, url, page, environment }: Local): string =>
  JSON.stringify({ event: 'ready', port, url, page, environment })

/** Lines that a shell can execute; the first ones are comments. */
export const environmentLines = ({ url, page, environment }: Local, values: Values): string => {
  const wanted = { ...NO_ACCOUNT, ...environment }
  const exports = Object.entries(wanted).map(([name, value]) => `export ${name}=${quoted(value)}`)
  const unset = misleadingIn(process.env)
    .filter((name) => !(name in wanted))
    .map((name) => `unset ${name}`)
  const about = [
    `# ${countedValues(values)} on ${url}; Ctrl-C ends it`,
    ...(page ? [`# its page: ${page}`] : []),
  ]
  return [...about, ...unset, ...exports].join('\n')
}

const quoted = (value: string): string =>
  /^[\w.:/-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
