import { parseEnv } from 'node:util'
import { refuse } from './bad-file.ts'

/** Parses `NAME=value` lines by dotenv's rules: a name that begins with a slash is a parameter, any other a secret. */
export const parseEnvironmentFile = (file: string, text: string): unknown => {
  refuseOtherLines(file, text)
  const { parameters = [], secrets = [] } = Object.groupBy(Object.entries(parseEnv(text)), ([name]) =>
    name.startsWith('/') ? 'parameters' : 'secrets',
  )
  return { secrets: Object.fromEntries(secrets), parameters: Object.fromEntries(parameters) }
}

/** `parseEnv` ignores lines that it does not understand; here they are errors. */
const refuseOtherLines = (file: string, text: string): void => {
  const lines = text.split(/\r?\n/)
  for (const [index, line] of lines.entries()) {
    if (/^\s*(#|$)/.test(line) || /^\s*[^\s=].*=/.test(line)) continue
    // Any line is allowed inside a quoted value. It is not inside one if the parser accepts an assignment before it.
    const probe = `probe_${index}_${lines.length}`
    const probed = lines.toSpliced(index, 0, `${probe}=`).join('\n')
    if (Object.hasOwn(parseEnv(probed), probe))
      refuse(`${file}:${index + 1}:${line.search(/\S/) + 1}`, 'this line is no NAME=value')
  }
}
