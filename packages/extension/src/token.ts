import { readFileSync } from 'node:fs'
import { TokenError } from '@secrets-cache/core'

/** Visible ASCII with single spaces inside: no line feed can add a header, and nothing is lost in encoding. */
const sendable = /^[!-~]+(?: [!-~]+)*$/

/** In the order in which the agent itself looks for its token. The layer is sent the session token of the function. */
const variables = {
  layer: ['AWS_SESSION_TOKEN', 'AWS_CONTAINER_AUTHORIZATION_TOKEN'],
  agent: ['AWS_TOKEN', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_AUTHORIZATION_TOKEN'],
}

/**
 * The token for the next request, read each time: Lambda may set it after this module was loaded, and rotate it.
 * AWS_CONTAINER_AUTHORIZATION_TOKEN stands in where some ways of initialising leave AWS_SESSION_TOKEN out.
 *
 * @throws TokenError, without the token, where there is none or it cannot be a header's value
 */
export function readToken(
  given: (() => unknown) | undefined,
  environment: NodeJS.ProcessEnv,
  isAgent = false,
): string {
  const remedy = tokenRemedy(isAgent)
  const token = given ? call(given) : fromVariables(environment, isAgent)
  if (!token) throw new TokenError({ reason: 'there is none, and nothing was sent', remedy })
  if (typeof token !== 'string') throw new TokenError({ reason: 'token() gave no string' })
  if (!sendable.test(token))
    throw new TokenError({ reason: 'it has characters that no header may have', remedy })
  return token
}

function call(given: () => unknown): unknown {
  try {
    return given()
  } catch {
    throw new TokenError({ reason: 'token() threw', remedy: 'See why the function given as token throws.' })
  }
}

function fromVariables(environment: NodeJS.ProcessEnv, isAgent: boolean): string | undefined {
  const name = variables[isAgent ? 'agent' : 'layer'].find((variable) => environment[variable])
  const value = name && environment[name]
  return isAgent && value?.startsWith('file://') ? readTokenFile(name as string, value) : value
}

/** The agent takes a file for each of its variables, `file:///var/run/awssmatoken`, and drops the line end. */
function readTokenFile(variable: string, url: string): string {
  try {
    return readFileSync(url.slice('file://'.length), 'utf8').trim()
  } catch {
    throw new TokenError({
      reason: `the file that ${variable} names cannot be read`,
      remedy:
        'Let this process read the file that the agent was given: its group is often awssmatokenreader.',
    })
  }
}

/** What to do about a token that is missing or was not accepted, where the error's own advice is not for the agent. */
export function tokenRemedy(isAgent: boolean): string | undefined {
  if (!isAgent) return undefined
  return (
    'Give this process the token that the agent was started with: in AWS_TOKEN (file:///path for a file), ' +
    'AWS_SESSION_TOKEN or AWS_CONTAINER_AUTHORIZATION_TOKEN, or by the token option.'
  )
}
