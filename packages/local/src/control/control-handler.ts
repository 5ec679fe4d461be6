import { type Handler, json, type LocalRequest } from '../http.ts'
import { LocalError } from '../local-error.ts'
import { didYouMean } from '../nearest.ts'
import type { Command } from './commands.ts'

export const CONTROL_PATH = '/_local/'

/** The commands of a parent process: `POST /_local/<command>` with a JSON array of arguments. */
export const createControlHandler =
  (commands: Readonly<Record<string, Command>>): Handler =>
  async (request) => {
    if (!isOurs(request))
      return json(403, {
        error: { code: 'CONTROL', message: 'A command is a POST of JSON, and not from a web page.' },
      })
    try {
      const name = request.path.slice(CONTROL_PATH.length)
      const command = Object.hasOwn(commands, name) ? commands[name] : undefined
      if (!command)
        throw new LocalError(
          'CONTROL',
          `There is no command "${name}".${didYouMean(name, Object.keys(commands))}`,
        )
      const { result = null, afterwards } = await command(argumentsOf(request))
      return { ...json(200, { result }), ...(afterwards ? { afterwards } : {}) }
    } catch (error) {
      const known = error instanceof LocalError
      const message = known ? error.message : 'The command failed.'
      return json(400, { error: { code: known ? error.code : 'CONTROL', message } })
    }
  }

/** A form of a web page cannot send this content type; other hosts and foreign origins are refused earlier. */
const isOurs = ({ method, headers }: LocalRequest): boolean =>
  method === 'POST' && headers['origin'] === undefined && headers['content-type'] === 'application/json'

/** The parser's own message is not used, because it could quote a value. */
const argumentsOf = ({ body }: LocalRequest): readonly unknown[] => {
  try {
    const given: unknown = JSON.parse(body || '[]')
    if (Array.isArray(given)) return given
  } catch {}
  throw new LocalError('CONTROL', 'The body must be a JSON array of arguments.')
}
