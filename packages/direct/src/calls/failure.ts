import { type SecretsCacheError, SourceError, TimeoutError, TooLargeError } from '@secrets-cache/core'
import { failureOfNetwork, openTheNetwork } from '@secrets-cache/core/internal/aws'
import type { Endpoint } from '../endpoint/endpoint.ts'
import type { Fault } from '../http/exchange.ts'
import type { Retry } from './retry-policy.ts'

/** A failed attempt: its error, and what kind of second attempt may help. */
export interface Failure {
  readonly ok: false
  readonly error: SecretsCacheError
  readonly retry?: Retry | undefined
}

/** What does not pass by itself: a host that does not exist, TLS that is not trusted, something that is not HTTP. */
const lasting = /^(ENOTFOUND|ENODATA|HPE_|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|ERR_)/

/** Why there is no answer. */
export function failureOfFault({ fault, code, isConnecting, isStale }: Fault, { port }: Endpoint): Failure {
  const retry = isStale ? 'stale' : 'passing'
  if (fault === 'aborted') return { ok: false, error: new TimeoutError() }
  if (fault === 'too large') return { ok: false, error: new TooLargeError() }
  if (fault === 'timed out') {
    const error = isConnecting
      ? new TimeoutError({ reason: 'no connection was made', remedy: openTheNetwork })
      : new TimeoutError()
    return { ok: false, error, retry }
  }
  const error = failureOfNetwork({ code, port, isConnecting })
  return lasting.test(code) ? { ok: false, error } : { ok: false, error, retry }
}

/** What may be asked again of what AWS answered. */
export function retryAfter({ code, transient }: SecretsCacheError, status: number): Retry | undefined {
  if (code === 'THROTTLED') return 'throttled'
  if (code === 'TOKEN') return 'refused'
  return transient && (status === 500 || (status >= 502 && status <= 504)) ? 'passing' : undefined
}

/** Something threw that has no business to: aws4 could not be loaded, or a request could not be made. */
export function failureOfThrow(thrown: unknown): SecretsCacheError {
  const { code } = Object(thrown) as { code?: unknown }
  const reason = typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : undefined
  const isJest = reason?.startsWith('ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING')
  const remedy = isJest ? 'Start Jest with NODE_OPTIONS=--experimental-vm-modules.' : undefined
  return new SourceError({ reason, remedy })
}
