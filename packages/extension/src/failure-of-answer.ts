import {
  AccessDeniedError,
  DecryptionError,
  type ErrorDetails,
  InvalidRequestError,
  NotFoundError,
  NotReadyError,
  RefusedError,
  ResponseError,
  type SecretsCacheError,
  ServiceError,
  ThrottledError,
  TokenError,
} from '@secrets-cache/core'
import type { Answer } from './exchange.ts'
import type { Failure, Subject } from './failure.ts'

/** What the layer says, whatever it is asked, until it serves. No other text is asked again and again. */
const notReady = 'not ready to serve traffic, please wait'

type Cause = new (details: ErrorDetails) => SecretsCacheError

/** AWS's names for causes. The agent passes them on in `__type`, the layer does not. */
const causes = new Map<string | undefined, Cause>([
  ['ResourceNotFoundException', NotFoundError],
  ['AccessDeniedException', AccessDeniedError],
  ['DecryptionFailure', DecryptionError],
  ['InvalidParameterException', InvalidRequestError],
  ['InvalidRequestException', InvalidRequestError],
  ['InternalServiceError', ServiceError],
])

const throttling = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottledException',
  'RequestThrottled',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'SlowDown',
])

/** An answer that is no 200. Its text only chooses among known causes; no piece of it is passed on. */
export function failureOfAnswer(
  { status, body }: Answer,
  kind: 'secret' | 'parameter',
  subject: Subject,
): Failure {
  const text = body.toString('latin1', 0, 4096).trim()
  if (status === 400 && text === notReady) {
    return { ok: false, error: new NotReadyError(subject), retry: 'ready' }
  }
  const details = { ...subject, reason: `HTTP ${status}` }
  const Cause = causeOf(text)
  if (Cause) return { ok: false, error: new Cause(details) }
  if (isAboutToken(status, text)) return { ok: false, error: new TokenError(details), retry: 'token' }
  if (status === 400)
    return { ok: false, error: new RefusedError({ ...subject, remedy: advice(kind, subject) }) }
  if (status === 429) return { ok: false, error: new ThrottledError(details) }
  if (status >= 500) return { ok: false, error: new ServiceError(details) }
  const isRedirect = Math.floor(status / 100) === 3
  const reason = isRedirect ? `HTTP ${status}, a redirect, not followed` : details.reason
  return { ok: false, error: new ResponseError({ ...subject, reason }) }
}

/** The agent does not escape the message beside `__type`, so the body may be no JSON at all. */
function causeOf(text: string): Cause | undefined {
  const type = /"__type"\s*:\s*"(?:[\w.]+#)?(\w+)/.exec(text)?.[1]
  const words = type ? [type] : text.split(/\W/)
  return words.some((word) => throttling.has(word)) ? ThrottledError : causes.get(type)
}

/** The agent answers 403 `Bad Token`; what the layer answers is unverified. */
function isAboutToken(status: number, text: string): boolean {
  return status === 401 || status === 403 || (status === 400 && /^[^{]*\btoken\b/i.test(text))
}

function advice(kind: 'secret' | 'parameter', { source }: Subject): string {
  const action = kind === 'secret' ? 'secretsmanager:GetSecretValue' : 'ssm:GetParameter'
  return (
    `Check that the name exists and that the role has ${action} and kms:Decrypt; ` +
    `the ${source}'s log has the reason.`
  )
}
