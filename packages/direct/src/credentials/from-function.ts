import { TokenError } from '@secrets-cache/core'
import { checkedCredentials, type GiveCredentials } from './aws-credentials.ts'
import { type FindCredentials, keptCredentials } from './kept-credentials.ts'

/** Credentials from a function that was passed in. Its errors are not passed on: they may quote anything. */
export function fromFunction(give: GiveCredentials): FindCredentials {
  return keptCredentials(async (isForced) => {
    let given: unknown
    try {
      given = await (isForced ? give({ forceRefresh: true }) : give())
    } catch (thrown) {
      const { name } = Object(thrown) as { name?: unknown }
      const reason = typeof name === 'string' && /^\w{1,60}$/.test(name) ? `it threw ${name}` : 'it threw'
      throw new TokenError({
        reason: `credentials() gave none: ${reason}`,
        remedy: 'See why the function that was passed as credentials throws.',
      })
    }
    return checkedCredentials(given, 'credentials()')
  })
}
