import { refuse } from './bad-file.ts'

/** `NAME=value` lines: a name that begins with a slash is a parameter, any other a secret. */
export const parseEnvironmentFile = (file: string, text: string): unknown => {
  const secrets: Record<string, string> = {}
  const parameters: Record<string, string> = {}
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(line)) continue
    const [, name, value] = /^\s*(?:export\s+)?([^\s=]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (name === undefined || value === undefined)
      return refuse(`${file}:${index + 1}`, 'this line is no NAME=value')
    const section = name.startsWith('/') ? parameters : secrets
    section[name] = unquoted(value)
  }
  return { secrets, parameters }
}

/** Double quotes know \n; single quotes take everything as it is. */
const unquoted = (value: string): string => {
  if (/^'.*'$/s.test(value)) return value.slice(1, -1)
  if (/^".*"$/s.test(value)) return value.slice(1, -1).replaceAll('\\n', '\n').replaceAll('\\"', '"')
  return value
}
