import {
  NotReadyError,
  RefusedError,
  ResponseError,
  type SecretsCacheError,
  ServiceError,
  ThrottledError,
  TokenError,
} from '@secrets-cache/core'
import { type ErrorClass, errorClassOf } from '@secrets-cache/core/internal'
import type { HttpResponse } from './exchange.ts'
import { about, type Failure, type Subject } from './failure.ts'
import { onlyFromFirstInvocation } from './init-phase.ts'
import { tokenRemedy } from './token.ts'

/** What the layer says, whatever it is asked, until it serves: in these words, whatever stands around them. */
const notReady = /not ready to serve traffic/i

/** Failures of a service or of whatever stands in front of it. */
const passing = new Set([500, 502, 503, 504])

/** A response that is not a 200. Its text only chooses among known causes; no piece of it is passed on. */
export function failureOfAnswer(
  { status, body }: HttpResponse,
  kind: 'secret' | 'parameter',
  subject: Subject,
): Failure {
  const text = body.toString('latin1', 0, 4096).trim()
  const details = { ...about(subject), reason: `HTTP ${status}` }
  const { Class, code } = errorIn(text)
  if (Class) {
    const error = new Class({ ...details, remedy: remedyOf(Class, code, subject) })
    return error.transient ? passed(status, error) : { ok: false, error }
  }
  if (status === 400 && notReady.test(text)) {
    const error = new NotReadyError({ ...about(subject), remedy: startingRemedy(subject) })
    return { ok: false, error, retry: 'ready' }
  }
  if (isAboutToken(status, text)) {
    const error = new TokenError({ ...details, remedy: tokenRemedy(subject.source === 'agent') })
    return { ok: false, error, retry: 'token' }
  }
  if (status === 400) return refused(kind, subject)
  if (status === 429) return passed(status, new ThrottledError({ ...details, remedy: connectionLimit }))
  if (status >= 500) return passed(status, new ServiceError(details))
  const isRedirect = Math.floor(status / 100) === 3
  const reason = isRedirect ? `HTTP ${status}, a redirect, not followed` : details.reason
  const remedy = `Check what listens on port ${subject.port}.`
  return { ok: false, error: new ResponseError({ ...details, reason, remedy }) }
}

/** A failure that may have passed a moment later, by its status. */
function passed(status: number, error: SecretsCacheError): Failure {
  if (status === 429) return { ok: false, error, retry: 'busy' }
  return passing.has(status) ? { ok: false, error, retry: 'service' } : { ok: false, error }
}

/**
 * The class of error that an answer names. The agent passes AWS's code on in `__type`, whatever the status; an older
 * one does not escape the message beside it, so the body may be no JSON at all.
 */
function errorIn(text: string): { Class: ErrorClass | undefined; code: string | undefined } {
  const code = /"__type"\s*:\s*"(?:[\w.]+#)?(\w+)/.exec(text)?.[1]
  if (code) return { Class: errorClassOf(code), code }
  const isThrottled = text.split(/\W/).some((word) => errorClassOf(word) === ThrottledError)
  return { Class: isThrottled ? ThrottledError : undefined, code }
}

function remedyOf(Class: ErrorClass, code: string | undefined, { source }: Subject): string | undefined {
  if (Class !== TokenError || code === undefined) return undefined
  return (
    `AWS does not accept the ${source}'s own credentials (${code}); the token of this function has no part in it. ` +
    `Renew the role or the credentials that the ${source} runs with.`
  )
}

/** The layer answers 401 `bad session token or header key`, the agent 403 `Bad Token`. */
function isAboutToken(status: number, text: string): boolean {
  return status === 401 || status === 403 || (status === 400 && /^[^{]*\btoken\b/i.test(text))
}

function startingRemedy({ source }: Subject): string | undefined {
  return source === 'agent'
    ? undefined
    : `${onlyFromFirstInvocation} Else allow more time (timeoutMilliseconds), or look for a start-up error in its log.`
}

/** Only the layer's refusal is worth a second try: it also stands for a throttle (docs/decisions/0015). */
function refused(kind: 'secret' | 'parameter', subject: Subject): Failure {
  const action = kind === 'secret' ? 'secretsmanager:GetSecretValue' : 'ssm:GetParameter'
  const remedy =
    `Check that the name exists and that the role has ${action} and kms:Decrypt; ` +
    `the ${subject.source}'s log has the reason.`
  const error = new RefusedError({ ...about(subject), remedy })
  return subject.source === 'agent' ? { ok: false, error } : { ok: false, error, retry: 'refused' }
}

const connectionLimit =
  'More connections are open than it takes: raise max_conn in the configuration of the agent, or lower ' +
  'extension({ connections }), which is 10 unless set, for each process that asks it.'
