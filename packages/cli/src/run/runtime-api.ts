import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { listenOn, refusalOf, stopServer } from '@secrets-cache/local/internal'
import { FORGETS } from './inside/orders.ts'
import { NoHeadError, type Reply, readReply } from './reply.ts'

/** How an invocation ended, or INIT when it failed. */
export type Outcome = { readonly result: unknown } | { readonly error: FunctionError }

export interface FunctionError {
  readonly errorType: string
  readonly errorMessage: string
  readonly code?: string
  readonly trace?: readonly string[]
}

/** What an invocation is told. */
export interface Invoked {
  readonly event: unknown
  /** Milliseconds since 1970. */
  readonly deadline: number
  readonly arn: string
  /** Whether what secrets-cache holds in the function is dropped first. */
  readonly forgets: boolean
  /** Gets the pieces of a streamed response as they come. */
  readonly reply?: Reply | undefined
}

const PREFIX = '/2018-06-01/runtime/'

export interface RuntimeEvents {
  /** The function asks for its next event, so it is idle; Lambda would freeze it now. */
  readonly idle: () => void
  readonly ended: (outcome: Outcome) => void
  readonly initFailed: (error: FunctionError) => void
}

/** Lambda's Runtime API for one execution environment, on a port of its own. */
export const startRuntimeApi = async ({ idle, ended, initFailed }: RuntimeEvents) => {
  let waiting: ServerResponse | undefined
  let reply: Reply | undefined

  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = message.url ?? ''
    if (refusalOf(message)) return send(response, 403)
    if (path === `${PREFIX}invocation/next`) {
      waiting = response
      return idle()
    }
    if (path === `${PREFIX}init/error`) initFailed(await jsonOf(message))
    else if (path.endsWith('/response')) ended(await outcomeOf(message, reply))
    else if (path.endsWith('/error')) ended({ error: await jsonOf(message) })
    else return send(response, 404)
    send(response, 202)
  }

  // No time-outs: the function is frozen between two invocations, in the middle of its request for the next.
  const server = createServer({ keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 })
  server.on('request', (message, response) => {
    // A function that ends in the middle of its response is told by the end of its process.
    answer(message, response).catch(() => response.destroy())
  })
  return {
    port: await listenOn(server, 0),
    stop: (): Promise<void> => stopServer(server),
    /** Answers the function's request for its next event. */
    invoke: (invoked: Invoked): void => {
      reply = invoked.reply
      const root = Math.floor(Date.now() / 1000).toString(16)
      waiting?.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': randomUUID(),
        'lambda-runtime-deadline-ms': String(invoked.deadline),
        'lambda-runtime-invoked-function-arn': invoked.arn,
        'lambda-runtime-trace-id': `Root=1-${root}-${randomUUID().replaceAll('-', '').slice(8)};Sampled=0`,
        ...(invoked.forgets ? { [FORGETS]: 'true' } : {}),
      })
      waiting?.end(JSON.stringify(invoked.event))
      waiting = undefined
    },
  }
}

const outcomeOf = async (message: IncomingMessage, reply: Reply | undefined): Promise<Outcome> => {
  if (message.headers['lambda-runtime-function-response-mode'] !== 'streaming')
    return { result: await jsonOf(message) }
  const result = await readReply(message, reply).catch((error: unknown) => {
    if (error instanceof NoHeadError) return error
    throw error
  })
  const failure = message.trailers['lambda-runtime-function-error-body']
  if (failure !== undefined) return { error: JSON.parse(Buffer.from(failure, 'base64').toString()) }
  if (result instanceof NoHeadError)
    return { error: { errorType: result.name, errorMessage: result.message } }
  return { result }
}

const jsonOf = async <T>(message: IncomingMessage): Promise<T> =>
  JSON.parse((await buffer(message)).toString())

const send = (response: ServerResponse, status: number): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
