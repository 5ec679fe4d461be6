import { isSecretsCacheError } from '@secrets-cache/core'
import type { ImportFailure } from '../report.ts'
import { isFunctionsOwn } from './own-code.ts'

const syntax: readonly string[] = ['ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX', 'ERR_INVALID_TYPESCRIPT_SYNTAX']
const notFound: readonly string[] = [
  'ERR_MODULE_NOT_FOUND',
  'MODULE_NOT_FOUND',
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_UNSUPPORTED_DIR_IMPORT',
  'ERR_PACKAGE_PATH_NOT_EXPORTED',
  'ERR_PACKAGE_IMPORT_NOT_DEFINED',
]

/** What an import threw, without the values of the variables that it was given. */
export function describeFailure(
  thrown: unknown,
  missing: readonly string[],
  variables: readonly string[],
): ImportFailure {
  if (!(thrown instanceof Error)) {
    return { kind: 'throws', code: undefined, cause: `it throws a ${typeof thrown}`, at: undefined, missing }
  }
  const code = String((thrown as { code?: unknown }).code ?? '')
  const isOurs = isSecretsCacheError(thrown)
  const isSyntax = thrown instanceof SyntaxError || syntax.includes(code)
  const [first = ''] = thrown.message.split('\n')
  return {
    kind: isSyntax ? 'syntax' : notFound.includes(code) ? 'not-found' : 'throws',
    code: isOurs ? code : undefined,
    cause: withoutValues(isOurs ? thrown.message : `${thrown.name}: ${first}`, variables),
    at: placeIn(thrown.stack ?? ''),
    missing,
  }
}

/** A message may quote what a variable held. Short values are no secrets, and stand in many words. */
function withoutValues(message: string, variables: readonly string[]): string {
  return variables.reduce((text, name) => {
    const value = process.env[name] ?? ''
    return value.length < 8 ? text : text.replaceAll(value, `$${name}`)
  }, message)
}

/** The first line of a trace that is in the function's own files. */
function placeIn(stack: string): string | undefined {
  const own = stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .find(isFunctionsOwn)
  const [, file, line] = /\(?(?:file:\/\/)?([^\s(]+?):(\d+)(?::\d+)?\)?$/.exec(own ?? '') ?? []
  return file === undefined ? undefined : `${decodeURIComponent(file)}:${line}`
}
