import { describe, expect, it } from '@jest/globals'
import { errorClassOf } from '@secrets-cache/core/internal'

describe('errorClassOf', () => {
  it.each([
    ['THROTTLED', ['ThrottlingException', 'TooManyRequestsException', 'RequestLimitExceeded', 'SlowDown']],
    ['NOT_FOUND', ['ResourceNotFoundException', 'ParameterNotFound', 'ParameterVersionLabelNotFound']],
    ['ACCESS_DENIED', ['AccessDeniedException', 'UnauthorizedOperation']],
    ['DECRYPTION_FAILED', ['DecryptionFailure', 'KMSDisabledException']],
    ['INVALID_REQUEST', ['InvalidParameterException', 'InvalidRequestException', 'ValidationException']],
    [
      'TOKEN',
      ['ExpiredTokenException', 'UnrecognizedClientException', 'RequestTimeTooSkewed', 'RequestExpired'],
    ],
    ['SERVICE_FAILED', ['InternalServiceError', 'InternalFailure', 'ServiceUnavailable']],
    ['UNSUPPORTED', ['UnknownOperationException', 'UnsupportedOperationException']],
  ])('is %s for %j', (code, names) => {
    expect(
      names.map((name) => new (errorClassOf(name) as NonNullable<ReturnType<typeof errorClassOf>>)().code),
    ).toEqual(names.map(() => code))
  })

  it.each(['', 'SomethingNewException', 'NotToSlowDown', 'RequestExpiredOfMine', 'MyInternalError'])(
    'is none for %j',
    (name) => {
      expect(errorClassOf(name)).toBeUndefined()
    },
  )
})
