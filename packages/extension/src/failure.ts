import {
  ResponseError,
  type SecretsCacheError,
  SourceError,
  TimeoutError,
  TooLargeError,
  UnreachableError,
} from '@secrets-cache/core'
import { type Fault, type HttpResponse, notHttp } from './exchange.ts'
import type { Retry } from './retry-policy.ts'

/** A failed attempt: its error, and what kind of second attempt may help. */
export interface Failure {
  readonly ok: false
  readonly error: SecretsCacheError
  readonly retry?: Retry
}

/** Who was asked for what, and where. */
export interface Subject {
  readonly source: string
  readonly id: string
  readonly port: string
}

/** What an error says of its subject. */
export function about({ source, id }: Subject) {
  return { source, id }
}

const lostCodes = new Set<string | undefined>([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_SOCKET',
])

/** Whether the socket died under the request, or under its response. */
export function isLost(result: HttpResponse | Fault): boolean {
  const { code, begun } = result as Partial<Fault>
  return lostCodes.has(code) || (code === notHttp && begun === true)
}

/** Why there is no response, or none that ended. */
export function failureOfFault(result: Fault, subject: Subject): Failure {
  const { fault, code, begun } = result
  if (fault === 'aborted') return { ok: false, error: new TimeoutError(about(subject)) }
  const remedy = `Check what listens on port ${subject.port}.`
  const details = { ...about(subject), remedy }
  if (fault === 'too large') {
    return { ok: false, error: new TooLargeError({ ...details, reason: 'more than 1 MiB' }) }
  }
  if (code === 'ECONNREFUSED') return { ok: false, error: refusedPort(subject), retry: 'port' }
  if (isLost(result)) {
    const error = begun
      ? new ResponseError({ ...details, reason: 'it was cut off' })
      : new UnreachableError({ ...details, reason: 'the connection was closed' })
    return { ok: false, error, retry: 'socket' }
  }
  const error =
    code === notHttp || code === 'UND_ERR_HEADERS_OVERFLOW'
      ? new ResponseError({ ...details, reason: 'it is not HTTP' })
      : new UnreachableError({ ...details, reason: code })
  return { ok: false, error }
}

function refusedPort(subject: Subject): UnreachableError {
  const { port } = subject
  const remedy =
    subject.source === 'agent'
      ? `Start the agent, or give extension() the port that it was started with: this was ${port}.`
      : 'Add the AWS Parameters and Secrets Lambda Extension layer to the function; where it is, ' +
        `PARAMETERS_SECRETS_EXTENSION_HTTP_PORT and the port option must agree: this was ${port}.`
  return new UnreachableError({ ...about(subject), reason: 'nothing listens on its port', remedy })
}

/** Something threw that has no business to: undici could not be loaded, or a callback failed. */
export function failureOfThrow(code: string | undefined, { source, id }: Omit<Subject, 'port'>): SourceError {
  const isJest = code?.startsWith('ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING')
  const remedy = isJest ? 'Start Jest with NODE_OPTIONS=--experimental-vm-modules.' : undefined
  return new SourceError({ source, id, reason: code, remedy })
}
