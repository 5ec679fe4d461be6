import type { Values } from '../account/account.ts'
import type { Local } from '../start.ts'

/** The one line a parent process waits for. */
export const readyLine = ({ port, url, environment }: Local): string =>
  JSON.stringify({ event: 'ready', port, url, environment })

/** Lines a shell can take as they are; the first is a comment. */
export const environmentLines = (
  { url, environment }: Local,
  { secrets = {}, parameters = {} }: Values,
): string => {
  const counts = `${Object.keys(secrets).length} secrets and ${Object.keys(parameters).length} parameters`
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(value)}`)
  return [`# ${counts} on ${url}; Ctrl-C ends it`, ...exports].join('\n')
}

const quoted = (value: string): string =>
  /^[\w.:/-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
