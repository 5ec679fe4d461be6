import type { FetchContext, Outcome, Reference, Source } from '@secrets-cache/core'
import { createSemaphore, refusalOf } from '@secrets-cache/core/internal'
import { type AwsService, type AwsSession, fetchFromAws, regionToAsk } from '@secrets-cache/core/internal/aws'
import { createSession } from './calls/session.ts'
import { type Connection, connectionOf, connectionTo } from './clients/connections.ts'
import type { Services } from './clients/services.ts'
import { explainRegion, watchRegion } from './explain-region.ts'
import { checkSdkOptions, type SdkOptions } from './options.ts'

/** A source over these services: up to 20 secrets or 10 parameters in one call. */
export function createSource(services: Services, options: SdkOptions): Source {
  checkSdkOptions(options, services)
  const { concurrency = 10, secretsManager, ssm } = options
  const semaphore = createSemaphore(concurrency)
  const passed = { secretsmanager: secretsManager, ssm }

  const connectionFor = (service: AwsService, region = options.region): Connection => {
    const client = passed[service]
    return client ? connectionOf(services[service], client) : connectionTo(services[service], region)
  }

  const ownRegion = () => options.region ?? process.env['AWS_REGION']

  function sessionsFor(context: FetchContext) {
    const sessions = new Map<Connection, AwsSession>()
    return (service: AwsService, { id }: Reference): AwsSession => {
      const connection = connectionFor(service, regionToAsk(id, ownRegion()))
      const session = sessions.get(connection) ?? createSession(connection, semaphore, context)
      sessions.set(connection, session)
      return session
    }
  }

  return {
    name: 'sdk',
    get identity() {
      return `sdk(${connectionFor('secretsmanager').name}, ${connectionFor('ssm').name})`
    },
    refreshable: true,
    duringInit: true,
    refusal: (reference) => services[serviceOf(reference)].leftOut ?? refusalOf(reference),
    fetch(references, context) {
      const outcomes = fetchFromAws(references, sessionsFor(context))
      return references.map(async (reference, index) => {
        const region = watchRegion(reference, passed[serviceOf(reference)])
        const outcome = (await outcomes[index]) as Outcome
        if (outcome.ok) return outcome
        const error = outcome.error.about({ id: reference.id, source: 'sdk' })
        return { ok: false, error: explainRegion(error, region()) }
      })
    },
  }
}

function serviceOf({ kind }: Reference): AwsService {
  return kind === 'secret' ? 'secretsmanager' : 'ssm'
}
