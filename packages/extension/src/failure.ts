import {
  ResponseError,
  type SecretsCacheError,
  TimeoutError,
  TooLargeError,
  UnreachableError,
} from '@secrets-cache/core'
import { type Answer, type Fault, notHttp } from './exchange.ts'
import type { Retry } from './patience.ts'

/** A failed attempt: its error, and what kind of second attempt may help. */
export interface Failure {
  readonly ok: false
  readonly error: SecretsCacheError
  readonly retry?: Retry
}

/** Who was asked for what, as far as an error tells it. */
export interface Subject {
  readonly source: string
  readonly id: string
}

const lostCodes = new Set<string | undefined>([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_SOCKET',
])

/** Whether the socket died under the request, or under its answer. */
export function isLost(reply: Answer | Fault): boolean {
  const { code, begun } = reply as Partial<Fault>
  return lostCodes.has(code) || (code === notHttp && begun === true)
}

/** Why there is no answer, or none that ended. */
export function failureOfFault(reply: Fault, subject: Subject): Failure {
  const { fault, code, begun } = reply
  if (fault === 'aborted') return { ok: false, error: new TimeoutError(subject) }
  if (fault === 'too large') {
    return { ok: false, error: new TooLargeError({ ...subject, reason: 'more than 1 MiB' }) }
  }
  if (code === 'ECONNREFUSED') return { ok: false, error: refusedPort(subject), retry: 'port' }
  if (isLost(reply)) {
    const error = begun
      ? new ResponseError({ ...subject, reason: 'it was cut off' })
      : new UnreachableError({ ...subject, reason: 'the connection was closed' })
    return { ok: false, error, retry: 'socket' }
  }
  const error =
    code === notHttp || code === 'UND_ERR_HEADERS_OVERFLOW'
      ? new ResponseError({ ...subject, reason: 'it is not HTTP' })
      : new UnreachableError({ ...subject, reason: code })
  return { ok: false, error }
}

function refusedPort(subject: Subject): UnreachableError {
  const remedy =
    subject.source === 'agent'
      ? 'Start the agent, or give extension() the port that it was started with.'
      : 'Add the AWS Parameters and Secrets Lambda Extension layer to the function; where it is, ' +
        'PARAMETERS_SECRETS_EXTENSION_HTTP_PORT and the port option must agree.'
  return new UnreachableError({ ...subject, reason: 'nothing listens on its port', remedy })
}
