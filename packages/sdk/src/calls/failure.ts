import {
  ConfigurationError,
  isSecretsCacheError,
  ResponseError,
  type SecretsCacheError,
  SourceError,
  TimeoutError,
  TokenError,
} from '@secrets-cache/core'
import { errorClassOf } from '@secrets-cache/core/internal'
import { describe, failureOfAws, failureOfNetwork, openTheNetwork } from '@secrets-cache/core/internal/aws'
import { look, type Seen } from './look.ts'

export const giveCredentials =
  'Give the function a role; elsewhere set AWS_PROFILE, or log in with "aws sso login".'

/**
 * What an error of the SDK becomes. Only its name, codes, status and request id are read: its message may quote the
 * answer, and its hidden fields hold the request with the session token.
 * `action` is the IAM action that the request needed.
 */
export function failureOf(thrown: unknown, action: string): SecretsCacheError {
  if (isSecretsCacheError(thrown)) return thrown
  const seen = look(thrown)
  return (
    configurationFault(seen) ??
    faultOfSdk(seen) ??
    failureOfAws({ ...seen, code: seen.name }, action) ??
    new SourceError({ reason: describe({ ...seen, code: seen.name }) })
  )
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

/** What did not come from AWS: the names that the SDK gives, and the codes of the network. */
function faultOfSdk(seen: Seen): SecretsCacheError | undefined {
  const { name, code, status, isConnecting } = seen
  if (status === 501 || errorClassOf(name)) return undefined
  const reason = describe({ ...seen, code: code || name })
  if (/ProviderError$/.test(name)) return new TokenError({ reason, remedy: giveCredentials })
  if (name === 'AbortError') return new TimeoutError({ reason })
  // The SDK gives lost connections the name TimeoutError too; only their code differs.
  if (name === 'TimeoutError' && (code === '' || code === 'ETIMEDOUT')) {
    return isConnecting
      ? new TimeoutError({ reason: 'no connection was made', remedy: openTheNetwork })
      : new TimeoutError({ reason })
  }
  if (code) return failureOfNetwork(seen)
  // The body of a 500 or 429 may come from a proxy; any other must be JSON.
  const mayBeText = status !== undefined && (status >= 500 || status === 429)
  return name === 'SyntaxError' && !mayBeText ? new ResponseError({ reason }) : undefined
}
