import type { Source } from '@secrets-cache/core'
import { ask, type Endpoint } from './ask.ts'
import { cachedFor } from './cached-for.ts'
import { type Client, createConnections } from './connections.ts'
import { type Dispatcher, numberOf } from './dispatcher.ts'
import { type Askable, namedPort, originOf } from './endpoint.ts'
import { exchange } from './exchange.ts'
import { checkExtensionOptions } from './options.ts'
import { refusalOf } from './refusal.ts'
import { readToken } from './token.ts'

/** Where the layer or the agent is, and how to reach it. Every field may be left out. */
export interface ExtensionOptions {
  /** Its port on 127.0.0.1. @default PARAMETERS_SECRETS_EXTENSION_HTTP_PORT, read at each use, else 2773 */
  readonly port?: number | undefined
  /** At most so many connections, and so many requests at a time. @default 10 */
  readonly connections?: number | undefined
  /** A dispatcher of your own undici (7 or later) instead of ours, for instance its MockAgent in a test. */
  readonly dispatcher?: Dispatcher | undefined
  /** The session token, asked for with each request. @default AWS_SESSION_TOKEN, else AWS_CONTAINER_AUTHORIZATION_TOKEN */
  readonly token?: (() => string | undefined) | undefined
  /**
   * Whether the AWS Secrets Manager Agent listens there: it has no parameters, and can fetch past its cache.
   * @default false
   */
  readonly agent?: boolean | undefined
  /** Where the variables above and the layer's TTLs are read. @default process.env */
  readonly environment?: NodeJS.ProcessEnv | undefined
}

/**
 * A source over the AWS Parameters and Secrets Lambda Extension, or over the AWS Secrets Manager Agent.
 *
 * One GET on loopback per reference. "Not ready" is asked again within the load's time, a refused port for about
 * a second, a dead socket and a refused token once. The layer tells no cause for what it could not read
 * (REFUSED), cannot fetch past its own cache and answers nothing during INIT: see `firstOf` in core.
 *
 * @example
 * secretsCache({ secrets: { db: json('prod/db') }, source: extension({ port: 2774 }) })
 * @throws ConfigurationError for an unknown option, and for a port that is none
 */
export function extension(options: ExtensionOptions = {}): Source {
  checkExtensionOptions(options)
  const { port, connections = 10, dispatcher, token, agent = false } = options
  const environment = () => options.environment ?? process.env
  const name = agent ? 'agent' : 'extension'
  const endpoint: Endpoint = {
    name,
    origin: () => originOf(port, environment()),
    token: () => readToken(token, environment()),
    refreshable: agent,
    send: dispatcher ? exchange.bind(undefined, dispatcher) : createConnections(connections, openClient),
  }
  endpoint.origin()
  // Stryker disable next-line all: process.test.ts sees it, in processes that Stryker does not see.
  if (!dispatcher && environment()['AWS_LAMBDA_RUNTIME_API']) void loadClient().catch(() => {})

  return {
    name,
    get identity() {
      return `${name}:${namedPort(port, environment())}${dispatcher ? `:${numberOf(dispatcher)}` : ''}`
    },
    refreshable: agent,
    duringInit: false,
    refusal: (reference) => refusalOf(reference, agent),
    cachedFor: (reference) => cachedFor(reference, agent ? {} : environment()),
    fetch: (references, context) =>
      references.map((reference) => {
        const error = refusalOf(reference, agent)
        return error ? { ok: false, error } : ask(reference as Askable, context, endpoint)
      }),
  }
}

async function openClient(origin: string): Promise<Client> {
  const undici = await loadClient()
  return undici.openClient(origin)
}

/**
 * undici is loaded here and nowhere else: importing this package costs nothing of it. In Lambda that begins when the
 * source is made, at INIT, which has a whole processor where a small function's invocation has a tenth of one;
 * elsewhere with the first request. What fails here fails that request too.
 */
const loadClient = () => import('./undici-client.ts')
