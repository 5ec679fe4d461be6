import { type ErrorDetails, SecretsCacheError } from './secrets-cache-error.ts'

/** The source does not serve yet: it is still starting. */
export class NotReadyError extends SecretsCacheError {
  readonly code = 'NOT_READY'
  readonly transient = true
  constructor(details?: ErrorDetails) {
    super(
      'not ready yet',
      'Allow more time (timeoutMilliseconds), or look for a start-up error in its log.',
      details,
    )
  }
}

/** Nobody answered: refused, reset, no route. */
export class UnreachableError extends SecretsCacheError {
  readonly code = 'UNREACHABLE'
  readonly transient = true
  constructor(details?: ErrorDetails) {
    super('unreachable', 'Check that it runs and that its address and port are right.', details)
  }
}

/** No answer within the time allowed. */
export class TimeoutError extends SecretsCacheError {
  readonly code = 'TIMEOUT'
  readonly transient = true
  constructor(details?: ErrorDetails) {
    super(
      'no answer in time',
      'Raise timeoutMilliseconds or the function timeout, or see why it is slow.',
      details,
    )
  }
}

/** Asked too often. */
export class ThrottledError extends SecretsCacheError {
  readonly code = 'THROTTLED'
  readonly transient = true
  constructor(details?: ErrorDetails) {
    super('throttled', 'Raise maxAge, or ask AWS for a higher throughput.', details)
  }
}

/** The service itself failed (5xx). */
export class ServiceError extends SecretsCacheError {
  readonly code = 'SERVICE_FAILED'
  readonly transient = true
  constructor(details?: ErrorDetails) {
    super('the service failed', 'Try again; if it lasts, see the AWS Health Dashboard.', details)
  }
}

/** A refusal that does not tell its cause, as the Lambda extension gives for every backend failure. */
export class RefusedError extends SecretsCacheError {
  readonly code = 'REFUSED'
  readonly transient = true
  constructor(details?: ErrorDetails) {
    super('refused without a cause', 'Check that the name exists and that the role may read it.', details)
  }
}

/** No session token to send, or it was not accepted. */
export class TokenError extends SecretsCacheError {
  readonly code = 'TOKEN'
  readonly transient = true
  constructor(details?: ErrorDetails) {
    super(
      'the session token is missing or was not accepted',
      'Run inside Lambda, or set AWS_SESSION_TOKEN.',
      details,
    )
  }
}

/** An answer that is not of the protocol: truncated, not JSON, without a value. */
export class ResponseError extends SecretsCacheError {
  readonly code = 'BAD_RESPONSE'
  readonly transient = true
  constructor(details?: ErrorDetails) {
    super('the answer makes no sense', 'Check what listens on that address.', details)
  }
}

/** An answer larger than any secret or parameter can be. */
export class TooLargeError extends SecretsCacheError {
  readonly code = 'TOO_LARGE'
  readonly transient = true
  constructor(details?: ErrorDetails) {
    super('the answer is too large', 'Check what listens on that address.', details)
  }
}

/** A source threw, or broke its contract. */
export class SourceError extends SecretsCacheError {
  readonly code = 'SOURCE_FAILED'
  readonly transient = true
  constructor(details?: ErrorDetails) {
    super(
      'the source failed',
      'See its own log; a source must resolve to one outcome per reference.',
      details,
    )
  }
}

/** The source says that there is no such name, version, stage or label. */
export class NotFoundError extends SecretsCacheError {
  readonly code = 'NOT_FOUND'
  readonly transient = false
  constructor(details?: ErrorDetails) {
    super('not found', 'Create it, check its name, version and Region, or declare a fallback.', details)
  }
}

/** The source says that the caller may not read it. */
export class AccessDeniedError extends SecretsCacheError {
  readonly code = 'ACCESS_DENIED'
  readonly transient = false
  constructor(details?: ErrorDetails) {
    super(
      'access denied',
      "Allow it in the role's policy, the resource policy and the KMS key policy.",
      details,
    )
  }
}

/** The value could not be decrypted. */
export class DecryptionError extends SecretsCacheError {
  readonly code = 'DECRYPTION_FAILED'
  readonly transient = false
  constructor(details?: ErrorDetails) {
    super('could not be decrypted', 'Check that its KMS key is enabled and allows kms:Decrypt.', details)
  }
}

/** The source says that this request can never be answered: a malformed name, a secret scheduled for deletion. */
export class InvalidRequestError extends SecretsCacheError {
  readonly code = 'INVALID_REQUEST'
  readonly transient = false
  constructor(details?: ErrorDetails) {
    super(
      'the request is not valid',
      'Check its name, version and stage, and that it is not being deleted.',
      details,
    )
  }
}

/** The source cannot do this at all; another might. */
export class UnsupportedError extends SecretsCacheError {
  readonly code = 'UNSUPPORTED'
  readonly transient = false
  constructor(details?: ErrorDetails) {
    super('this source cannot do that', 'Use a source that can.', details)
  }
}

/** An AWS SDK client that is needed is not installed. */
export class MissingClientError extends SecretsCacheError {
  readonly code = 'MISSING_CLIENT'
  readonly transient = false
  constructor(details?: ErrorDetails) {
    super('an AWS SDK client is missing', 'Install it.', details)
  }
}
