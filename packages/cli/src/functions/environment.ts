import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { UsageError } from '../usage-error.ts'

/** The variables that `--env-file` and `--env` give; what is given last counts. */
export function givenEnvironment(
  files: readonly string[],
  pairs: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries([...files.flatMap(variablesIn), ...pairs.map(variable)])
}

function variablesIn(file: string): readonly [string, string][] {
  try {
    return Object.entries(parseEnv(readFileSync(file, 'utf8'))) as [string, string][]
  } catch (error) {
    throw new UsageError(`--env-file ${file}: it cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}

function variable(pair: string): [string, string] {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(pair) ?? []
  if (name === undefined || value === undefined) {
    // What is written there may be a value.
    throw new UsageError('--env takes NAME=value, such as --env STAGE=prod.')
  }
  return [name, value]
}

/** What every process needs, and nothing of AWS: the code of a handler gets no credentials. */
const base = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG', 'TZ']
const regions = ['AWS_REGION', 'AWS_DEFAULT_REGION']

/** The variables of a function's process. */
export function processVariables(
  given: Readonly<Record<string, string>>,
  inherits: boolean,
  name: string,
): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(
    ([variable]) => base.includes(variable) || (inherits && isPassedOn(variable)),
  )
  return {
    ...Object.fromEntries(passed),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    ...given,
  }
}

function isPassedOn(variable: string): boolean {
  return regions.includes(variable) || !/^(AWS_|NODE_OPTIONS$)/.test(variable)
}
