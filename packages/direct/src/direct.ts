import type { FetchContext, Outcome, Reference, Source } from '@secrets-cache/core'
import { createSemaphore, refusalOf } from '@secrets-cache/core/internal'
import { type AwsService, type AwsSession, fetchFromAws, regionToAsk } from '@secrets-cache/core/internal/aws'
import { type Account, type Connection, createConnections } from './calls/connection.ts'
import { createSession } from './calls/session.ts'
import { findCredentials } from './credentials/find-credentials.ts'
import { nameOfEndpoint } from './endpoint/endpoint.ts'
import { numberOf } from './number-of.ts'
import { checkDirectOptions, type DirectOptions } from './options.ts'

/**
 * A source that signs its requests and sends them to AWS itself, with neither the layer nor the SDK: up to 20 secrets
 * or 10 parameters in one call, trees, versions, forced refreshes, calls during INIT. Credentials come from the
 * environment or a container's endpoint, or from a function; for profiles, SSO and web identities there is `sdk()`.
 *
 * @example
 * secretsCache({ secrets: { db: json('prod/db') }, source: direct() })
 * @throws ConfigurationError for an unknown option, and for a value that is none
 */
export function direct(options: DirectOptions = {}): Source {
  checkDirectOptions(options)
  const { region, agent, credentials, concurrency = 10 } = options
  const environment = () => options.environment ?? process.env
  const account: Account = {
    environment,
    region,
    agent,
    findCredentials: findCredentials(credentials, environment),
    semaphore: createSemaphore(concurrency),
  }
  const connectionTo = createConnections(account)
  const ownRegion = () => region ?? environment()['AWS_REGION']
  // Each may lead to another account.
  const passed = [credentials, agent, options.environment].filter((one) => one !== undefined).map(numberOf)

  function sessionsFor(context: FetchContext) {
    const sessions = new Map<Connection, AwsSession>()
    return (service: AwsService, { id }: Reference): AwsSession => {
      const connection = connectionTo(service, regionToAsk(id, ownRegion()))
      const session = sessions.get(connection) ?? createSession(connection, account, context)
      sessions.set(connection, session)
      return session
    }
  }

  return {
    name: 'direct',
    get identity() {
      const places = (['secretsmanager', 'ssm'] as const).map((service) =>
        nameOfEndpoint(service, region, environment()),
      )
      return `direct(${[...places, ...passed].join(', ')})`
    },
    refreshable: true,
    duringInit: true,
    refusal: refusalOf,
    fetch(references, context) {
      const outcomes = fetchFromAws(references, sessionsFor(context))
      return references.map(async ({ id }, index) => {
        const outcome = (await outcomes[index]) as Outcome
        return outcome.ok ? outcome : { ok: false, error: outcome.error.about({ id, source: 'direct' }) }
      })
    },
  }
}
