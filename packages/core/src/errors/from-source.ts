import { SecretsCacheError } from './secrets-cache-error.ts'

/** The source does not serve yet: it is still starting. */
export class NotReadyError extends SecretsCacheError {
  static override readonly label = 'NotReadyError'
  static override readonly summary = 'not ready yet'
  static override readonly remedy =
    'Allow more time (timeoutMilliseconds), or look for a start-up error in its log.'
  readonly code = 'NOT_READY'
  readonly transient = true
}

/** Nobody answered: refused, reset, no route. */
export class UnreachableError extends SecretsCacheError {
  static override readonly label = 'UnreachableError'
  static override readonly summary = 'unreachable'
  static override readonly remedy = 'Check that it runs and that its address and port are right.'
  readonly code = 'UNREACHABLE'
  readonly transient = true
}

/** No answer within the time allowed. */
export class TimeoutError extends SecretsCacheError {
  static override readonly label = 'TimeoutError'
  static override readonly summary = 'no answer in time'
  static override readonly remedy =
    'Raise timeoutMilliseconds or the function timeout, or see why it is slow.'
  readonly code = 'TIMEOUT'
  readonly transient = true
}

/** Asked too often. */
export class ThrottledError extends SecretsCacheError {
  static override readonly label = 'ThrottledError'
  static override readonly summary = 'throttled'
  static override readonly remedy = 'Raise maxAge, or ask AWS for a higher throughput.'
  readonly code = 'THROTTLED'
  readonly transient = true
}

/** The service itself failed (5xx). */
export class ServiceError extends SecretsCacheError {
  static override readonly label = 'ServiceError'
  static override readonly summary = 'the service failed'
  static override readonly remedy = 'Try again; if it lasts, see the AWS Health Dashboard.'
  readonly code = 'SERVICE_FAILED'
  readonly transient = true
}

/** A refusal that does not tell its cause, as the Lambda extension gives for every backend failure. */
export class RefusedError extends SecretsCacheError {
  static override readonly label = 'RefusedError'
  static override readonly summary = 'refused without a cause'
  static override readonly remedy = 'Check that the name exists and that the role may read it.'
  readonly code = 'REFUSED'
  readonly transient = true
}

/** No session token to send, or it was not accepted. */
export class TokenError extends SecretsCacheError {
  static override readonly label = 'TokenError'
  static override readonly summary = 'the session token is missing or was not accepted'
  static override readonly remedy =
    'Run inside Lambda, or set AWS_SESSION_TOKEN; elsewhere use direct() or sdk().'
  readonly code = 'TOKEN'
  readonly transient = true
}

/** An answer that is not of the protocol: truncated, not JSON, without a value. */
export class ResponseError extends SecretsCacheError {
  static override readonly label = 'ResponseError'
  static override readonly summary = 'the answer makes no sense'
  static override readonly remedy = 'Check what listens on that address.'
  readonly code = 'BAD_RESPONSE'
  readonly transient = true
}

/** An answer larger than any secret or parameter can be. */
export class TooLargeError extends SecretsCacheError {
  static override readonly label = 'TooLargeError'
  static override readonly summary = 'the answer is too large'
  static override readonly remedy = 'Check what listens on that address.'
  readonly code = 'TOO_LARGE'
  readonly transient = true
}

/** A source threw, or broke its contract. */
export class SourceError extends SecretsCacheError {
  static override readonly label = 'SourceError'
  static override readonly summary = 'the source failed'
  static override readonly remedy = 'See its own log; a source must resolve to one outcome per reference.'
  readonly code = 'SOURCE_FAILED'
  readonly transient = true
}

/** The source says that there is no such name, version, stage or label. */
export class NotFoundError extends SecretsCacheError {
  static override readonly label = 'NotFoundError'
  static override readonly summary = 'not found'
  static override readonly remedy = 'Create it, check its name, version and Region, or declare a fallback.'
  readonly code = 'NOT_FOUND'
  readonly transient = false
}

/** The source says that the caller may not read it. */
export class AccessDeniedError extends SecretsCacheError {
  static override readonly label = 'AccessDeniedError'
  static override readonly summary = 'access denied'
  static override readonly remedy =
    "Allow it in the role's policy, the resource policy and the KMS key policy."
  readonly code = 'ACCESS_DENIED'
  readonly transient = false
}

/** The value could not be decrypted. */
export class DecryptionError extends SecretsCacheError {
  static override readonly label = 'DecryptionError'
  static override readonly summary = 'could not be decrypted'
  static override readonly remedy = 'Check that its KMS key is enabled and allows kms:Decrypt.'
  readonly code = 'DECRYPTION_FAILED'
  readonly transient = false
}

/** The source says that this request can never be answered: a malformed name, a secret scheduled for deletion. */
export class InvalidRequestError extends SecretsCacheError {
  static override readonly label = 'InvalidRequestError'
  static override readonly summary = 'the request is not valid'
  static override readonly remedy = 'Check its name, version and stage, and that it is not being deleted.'
  readonly code = 'INVALID_REQUEST'
  readonly transient = false
}

/** The source cannot do this at all; another might. */
export class UnsupportedError extends SecretsCacheError {
  static override readonly label = 'UnsupportedError'
  static override readonly summary = 'this source cannot do that'
  static override readonly remedy = 'Use a source that can.'
  readonly code = 'UNSUPPORTED'
  readonly transient = false
}

/** An AWS SDK client that is needed is not installed. */
export class MissingClientError extends SecretsCacheError {
  static override readonly label = 'MissingClientError'
  static override readonly summary = 'an AWS SDK client is missing'
  static override readonly remedy = 'Install it.'
  readonly code = 'MISSING_CLIENT'
  readonly transient = false
}
