import {
  AccessDeniedError,
  RefusedError,
  ResponseError,
  type SecretsCacheError,
  ServiceError,
  ThrottledError,
  TokenError,
  UnsupportedError,
} from '../errors/index.ts'
import { type ErrorClass, errorClassOf } from './error-codes.ts'

/** What is known of an answer that is a failure. Nothing of its text is here: that may quote anything. */
export interface AwsFailure {
  /** AWS's error code, such as `AccessDeniedException`; empty where there is none. */
  readonly code: string
  readonly status: number | undefined
  readonly requestId: string
  /** How far this machine's clock is ahead of AWS's, in milliseconds, where the answer had a date. */
  readonly clockOffset: number | undefined
}

/** A clock that is off by less than this is accepted by AWS. Milliseconds. */
const acceptedOffset = 5 * 60_000

/** The error for a failure that AWS answered. `action` is the IAM action that the request needs. */
export function failureOfAws(failure: AwsFailure, action: string): SecretsCacheError | undefined {
  const Class = classOf(failure)
  return Class && new Class({ reason: describe(failure), remedy: remedyOf(Class, failure, action) })
}

/** What the request and its answer were, for a person who looks for it in a log. */
export function describe({ code, status, requestId }: Omit<AwsFailure, 'clockOffset'>): string {
  return [code, status && `HTTP ${status}`, requestId && `request ${requestId}`].filter(Boolean).join(', ')
}

function classOf({ code, status = 0 }: AwsFailure): ErrorClass | undefined {
  if (status === 501) return UnsupportedError
  const named = errorClassOf(code)
  if (named) return named
  if (status >= 500) return ServiceError
  if (status === 429) return ThrottledError
  if (status >= 400) return RefusedError
  return status > 0 ? ResponseError : undefined
}

function remedyOf(Class: ErrorClass, { clockOffset }: AwsFailure, action: string): string | undefined {
  if (Class === AccessDeniedError) {
    return `Allow ${action} on it in the role's policy, and kms:Decrypt where a key of your own encrypts it.`
  }
  if (Class !== TokenError) return undefined
  if (clockOffset === undefined || Math.abs(clockOffset) < acceptedOffset) {
    return 'Renew the credentials, and check the clock of this machine.'
  }
  const minutes = Math.round(Math.abs(clockOffset) / 60_000)
  return `Set the clock of this machine: it is ${minutes} minutes ${clockOffset > 0 ? 'ahead of' : 'behind'} AWS's.`
}
