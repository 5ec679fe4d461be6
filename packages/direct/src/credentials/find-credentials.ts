import { TokenError } from '@secrets-cache/core'
import { type GiveCredentials, giveCredentials } from './aws-credentials.ts'
import { containerUri, fromContainer } from './from-container.ts'
import { fromEnvironment } from './from-environment.ts'
import { fromFunction } from './from-function.ts'
import { type FindCredentials, keptCredentials } from './kept-credentials.ts'

/**
 * Finds credentials: the function's that was passed in, else those in the environment, which are read each time, else
 * the container's. The last are kept for as long as the variables name the same URI.
 */
export function findCredentials(
  given: GiveCredentials | undefined,
  environment: () => NodeJS.ProcessEnv,
): FindCredentials {
  if (given) return fromFunction(given)
  let container: { readonly uri: string; readonly find: FindCredentials } | undefined
  return (refused) => {
    const found = fromEnvironment(environment())
    if (found) return found
    const uri = containerUri(environment())
    if (!uri) {
      throw new TokenError({
        reason: 'there are no credentials, and nothing was sent',
        remedy: giveCredentials,
      })
    }
    if (container?.uri !== uri) {
      container = { uri, find: keptCredentials(() => fromContainer(uri, environment())) }
    }
    return container.find(refused)
  }
}
