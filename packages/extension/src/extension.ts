import type { Source } from '@secrets-cache/core'
import { ask, type Endpoint } from './ask.ts'
import { type AgentOptions, agentCachedFor, layerCachedFor } from './cached-for.ts'
import { type Client, createConnections } from './connections.ts'
import { type Dispatcher, numberOf } from './dispatcher.ts'
import { type Askable, namedPort, portOf } from './endpoint.ts'
import { exchange } from './exchange.ts'
import { explainRegion } from './explain-region.ts'
import { isCertainlyInit, isLambda } from './init-phase.ts'
import { loadNow, warmUp } from './load-client.ts'
import { checkExtensionOptions } from './options.ts'
import { refusalOf, unsupported } from './refusal.ts'
import { createServed } from './served.ts'
import { readToken } from './token.ts'
import { tellWaiting } from './waiting.ts'

/** Where the layer or the agent is, and how to reach it. Every field may be left out. */
export interface ExtensionOptions {
  /** Its port on 127.0.0.1. @default PARAMETERS_SECRETS_EXTENSION_HTTP_PORT, read at each use, else 2773 */
  readonly port?: number | undefined
  /** At most so many connections, and so many requests at a time. @default 10 */
  readonly connections?: number | undefined
  /** A dispatcher of your own undici (7 or later) instead of ours, for instance its MockAgent in a test. */
  readonly dispatcher?: Dispatcher | undefined
  /**
   * Gives the token that is sent, called for each request.
   * @default AWS_SESSION_TOKEN, else AWS_CONTAINER_AUTHORIZATION_TOKEN; for the agent AWS_TOKEN comes first, and
   * `file:///path` names a file that holds the token
   */
  readonly token?: (() => string | undefined) | undefined
  /**
   * Whether the AWS Secrets Manager Agent listens there, which has no parameters and can fetch past its cache: true,
   * or how it is configured where that is not its default. `describe()` tells the ages that follow from it.
   * @default false
   */
  readonly agent?: boolean | AgentOptions | undefined
  /** Where the variables above and the layer's TTLs are read. @default process.env */
  readonly environment?: NodeJS.ProcessEnv | undefined
}

/**
 * A source over the AWS Parameters and Secrets Lambda Extension, or over the AWS Secrets Manager Agent.
 *
 * One GET on loopback per reference. "Not ready" is asked again within the load's time, a refused port and a failing
 * service for one to two seconds, a dead socket, a refused token and an opaque refusal once. The layer gives no cause
 * for what it could not read (REFUSED), cannot fetch past its own cache and answers nothing during INIT: see `firstOf`
 * in core.
 *
 * @example
 * secretsCache({ secrets: { db: json('prod/db') }, source: extension({ port: 2774 }) })
 * @throws ConfigurationError for an unknown option, and for a port that is none
 */
export function extension(options: ExtensionOptions = {}): Source {
  checkExtensionOptions(options)
  const { port, connections = 10, dispatcher, token } = options
  const isAgent = Boolean(options.agent)
  const agent = typeof options.agent === 'object' ? options.agent : {}
  const environment = () => options.environment ?? process.env
  const name = isAgent ? 'agent' : 'extension'
  const endpoint: Endpoint = {
    name,
    port: () => portOf(port, environment()),
    token: () => readToken(token, environment(), isAgent),
    refreshable: isAgent,
    send: dispatcher ? exchange.bind(undefined, dispatcher) : createConnections(connections, openClient),
    isTooEarly: () => !isAgent && isCertainlyInit(environment()),
    served: createServed(),
  }
  endpoint.port()

  return {
    name,
    get identity() {
      return `${name}:${namedPort(port, environment())}${dispatcher ? `:${numberOf(dispatcher)}` : ''}`
    },
    refreshable: isAgent,
    duringInit: false,
    // Stryker disable next-line all: process.test.ts sees it, in processes that Stryker does not see.
    warmUp: () => void (!dispatcher && isLambda(environment()) && warmUp(endpoint.port, connections)),
    refusal: (reference) => refusalOf(reference, isAgent),
    cachedFor: (reference, isOutage = false) =>
      isAgent ? agentCachedFor(agent, isOutage) : layerCachedFor(reference, environment()),
    fetch(references, context) {
      tellWaiting(references, context, { isAgent, connections, environment: environment() })
      return references.map(async (reference) => {
        const error = unsupported(reference, isAgent)
        if (error) return { ok: false, error }
        return explainRegion(await ask(reference as Askable, context, endpoint), reference, environment())
      })
    },
  }
}

async function openClient(origin: string): Promise<Client> {
  const undici = await loadNow()
  return undici.openClient(origin)
}
