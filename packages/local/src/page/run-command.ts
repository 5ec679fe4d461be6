import { AwsError } from '../account/aws-error.ts'
import { json, type LocalRequest, type LocalResponse } from '../http.ts'
import { LocalError } from '../local-error.ts'
import { didYouMean } from '../nearest.ts'
import type { PageCommand } from './commands.ts'

/** Runs a command of the page's API: a POST of a JSON object. */
export const answerCommand = async (
  commands: Readonly<Record<string, PageCommand>>,
  name: string,
  request: LocalRequest,
): Promise<LocalResponse> => {
  try {
    if (request.method !== 'POST' || request.headers['content-type'] !== 'application/json')
      throw new LocalError('CONTROL', 'A command is a POST of JSON.')
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (!command)
      throw new LocalError(
        'CONTROL',
        `There is no command "${name}".${didYouMean(name, Object.keys(commands))}`,
      )
    const { result = null, afterwards } = await command(objectOf(request))
    return { ...json(200, { result }), ...(afterwards ? { afterwards } : {}) }
  } catch (error) {
    // Any other error could quote the request.
    const known = error instanceof LocalError || error instanceof AwsError
    const code = known ? error.code : 'CONTROL'
    const message = known ? error.message || error.code : 'The command failed.'
    return json(400, { error: { code, message } })
  }
}

/** The parser's own message is not used, because it could quote a value. */
const objectOf = ({ body }: LocalRequest): Readonly<Record<string, unknown>> => {
  try {
    const given: unknown = JSON.parse(body || '{}')
    if (typeof given === 'object' && given !== null && !Array.isArray(given))
      return given as Readonly<Record<string, unknown>>
  } catch {}
  throw new LocalError('CONTROL', 'The body must be a JSON object.')
}
