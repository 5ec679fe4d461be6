import {
  AccessDeniedError,
  DecryptionError,
  type ErrorDetails,
  InvalidRequestError,
  NotFoundError,
  type SecretsCacheError,
  ServiceError,
  ThrottledError,
  TokenError,
  UnsupportedError,
} from '../errors/index.ts'

export type ErrorClass = new (details?: ErrorDetails) => SecretsCacheError

/** AWS's error codes, whichever action or service they come from. The first pattern that fits decides. */
const classes: readonly (readonly [ErrorClass, RegExp])[] = [
  [ThrottledError, /Throttl|TooManyRequests|ThroughputExceeded|LimitExceeded|^SlowDown$/],
  [DecryptionError, /^(KMS|DecryptionFailure$|InvalidKeyId$)/],
  [NotFoundError, /^(Resource|Parameter\w*)NotFound/],
  [AccessDeniedError, /^(AccessDenied|UnauthorizedOperation$)/],
  [InvalidRequestError, /^(InvalidParameter|InvalidRequest|Validation)Exception$/],
  [
    TokenError,
    /^ExpiredToken|^UnrecognizedClient|Signature|ClientTokenId|AuthenticationToken|^Request(Expired|TimeTooSkewed)$/,
  ],
  [UnsupportedError, /^(Unknown|Unsupported)Operation/],
  [ServiceError, /^(Internal|ServiceUnavailable)/],
]

/** The class of error that one of AWS's error codes stands for, such as `ResourceNotFoundException`. */
export function errorClassOf(code: string): ErrorClass | undefined {
  return classes.find(([, codes]) => codes.test(code))?.[0]
}
