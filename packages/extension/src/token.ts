import { TokenError } from '@secrets-cache/core'

/** Visible ASCII with single spaces inside: no line feed can add a header, and nothing is lost in encoding. */
const sendable = /^[!-~]+(?: [!-~]+)*$/

/**
 * The token for the next request, read each time: Lambda may set it after this module was loaded, and rotate it.
 * AWS_CONTAINER_AUTHORIZATION_TOKEN stands in where some ways of initialising leave AWS_SESSION_TOKEN out.
 *
 * @throws TokenError, without the token, where there is none or it cannot be a header's value
 */
export function readToken(given: (() => unknown) | undefined, environment: NodeJS.ProcessEnv): string {
  const token = given
    ? call(given)
    : environment['AWS_SESSION_TOKEN'] || environment['AWS_CONTAINER_AUTHORIZATION_TOKEN']
  if (!token) throw new TokenError({ reason: 'there is none, and nothing was sent' })
  if (typeof token !== 'string') throw new TokenError({ reason: 'token() gave no string' })
  if (!sendable.test(token)) throw new TokenError({ reason: 'it has characters that no header may have' })
  return token
}

function call(given: () => unknown): unknown {
  try {
    return given()
  } catch {
    throw new TokenError({ reason: 'token() threw', remedy: 'See why the function given as token throws.' })
  }
}
