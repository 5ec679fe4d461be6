import {
  AccessDeniedError,
  ConfigurationError,
  DecryptionError,
  type ErrorDetails,
  InvalidRequestError,
  isSecretsCacheError,
  NotFoundError,
  RefusedError,
  ResponseError,
  type SecretsCacheError,
  ServiceError,
  SourceError,
  ThrottledError,
  TimeoutError,
  TokenError,
  UnreachableError,
  UnsupportedError,
} from '@secrets-cache/core'

type Cause = new (details: ErrorDetails) => SecretsCacheError

/**
 * What an error of the SDK becomes. Only its name, code, status and request id are read: its message may quote the
 * answer, and its hidden fields hold the request with the session token.
 * `action` is the IAM action that the request needed.
 */
export function failureOf(thrown: unknown, action: string): SecretsCacheError {
  if (isSecretsCacheError(thrown)) return thrown
  const seen = look(thrown)
  const known = configurationFault(seen)
  if (known) return known
  const Failure = causeOf(seen)
  return new Failure({ reason: describe(seen), remedy: remedyOf(Failure, seen, action) })
}

interface Seen {
  readonly name: string
  readonly code: string
  readonly status: number | undefined
  readonly requestId: string
  readonly isRegionMissing: boolean
}

function look(thrown: unknown): Seen {
  const { name, code, message, $metadata } = Object(thrown) as Record<string, unknown>
  const { httpStatusCode, requestId } = Object($metadata) as Record<string, unknown>
  return {
    name: word(name),
    code: word(code),
    status: typeof httpStatusCode === 'number' ? httpStatusCode : undefined,
    requestId: word(requestId),
    isRegionMissing: message === 'Region is missing',
  }
}

/** A name, code or id as AWS writes them; anything else is not passed on. */
function word(given: unknown): string {
  return typeof given === 'string' && /^[\w.:-]{1,80}$/.test(given) ? given : ''
}

function describe({ name, code, status, requestId }: Seen): string {
  const parts = [code || name, status && `HTTP ${status}`, requestId && `request ${requestId}`]
  return parts.filter(Boolean).join(', ')
}

function configurationFault({ isRegionMissing, code }: Seen): ConfigurationError | undefined {
  if (isRegionMissing) {
    return new ConfigurationError({
      reason: 'the Region is missing',
      remedy: 'Set AWS_REGION, or pass sdk({ region }).',
    })
  }
  if (code !== 'ERR_INVALID_URL') return undefined
  return new ConfigurationError({ reason: 'the endpoint is not a URL', remedy: 'Mend AWS_ENDPOINT_URL.' })
}

/** The names AWS and the SDK give, whichever action they come from; the first that fits. */
const causes: readonly (readonly [Cause, RegExp])[] = [
  [ThrottledError, /Throttl|TooManyRequests|ThroughputExceeded|LimitExceeded|^SlowDown$/],
  [DecryptionError, /^(KMS|DecryptionFailure$|InvalidKeyId$)/],
  [NotFoundError, /^(Resource|Parameter\w*)NotFound/],
  [AccessDeniedError, /^(AccessDenied|UnauthorizedOperation$)/],
  [InvalidRequestError, /^(InvalidParameter|InvalidRequest|Validation)Exception$/],
  [
    TokenError,
    /ProviderError$|^ExpiredToken|^UnrecognizedClient|Signature|ClientTokenId|AuthenticationToken/,
  ],
  [UnsupportedError, /^(Unknown|Unsupported)Operation/],
  [ServiceError, /^(Internal|ServiceUnavailable)/],
  [TimeoutError, /^AbortError$/],
]

function causeOf({ name, code, status = 0 }: Seen): Cause {
  if (status === 501) return UnsupportedError
  const named = causes.find(([, names]) => names.test(name))
  if (named) return named[0]
  if (code.startsWith('HPE_')) return ResponseError
  // The SDK gives lost connections the name TimeoutError too; their code tells them apart.
  if (name === 'TimeoutError' && (code === '' || code === 'ETIMEDOUT')) return TimeoutError
  if (code) return UnreachableError
  if (status >= 500) return ServiceError
  if (status === 429) return ThrottledError
  if (name === 'SyntaxError' || (status > 0 && status < 400)) return ResponseError
  return status > 0 ? RefusedError : SourceError
}

function remedyOf(Failure: Cause, { name }: Seen, action: string): string | undefined {
  if (Failure === AccessDeniedError) {
    return `Allow ${action} on it in the role's policy, and kms:Decrypt where a key of your own encrypts it.`
  }
  if (Failure !== TokenError) return undefined
  return name.endsWith('ProviderError')
    ? 'Give the function a role; elsewhere set AWS_PROFILE, or log in with "aws sso login".'
    : 'Renew the credentials, and check the clock of this machine.'
}
