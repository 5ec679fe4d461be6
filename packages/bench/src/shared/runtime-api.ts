import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What a function answered, and when: by `performance.now()`. */
export interface Answered {
  readonly at: number
  readonly response: unknown
}

/** Lambda's Runtime API for one execution environment. */
export interface RuntimeApi extends AsyncDisposable {
  /** For AWS_LAMBDA_RUNTIME_API. */
  readonly address: string
  /** When INIT was over: the function asked for its first invocation. */
  readonly initialised: Promise<number>
  /** Gives the function an invocation with an empty event as soon as it asks for one. Rejects where the function fails. */
  readonly invoke: (remainingMilliseconds: number) => Promise<Answered>
  /** Answers the next request for an invocation with 410: there are no more. */
  readonly shutDown: () => void
}

export async function startRuntimeApi(): Promise<RuntimeApi> {
  const initialised = Promise.withResolvers<number>()
  const queued: number[] = []
  const running: PromiseWithResolvers<Answered>[] = []
  let waiting: ServerResponse | undefined
  let isOver = false

  function hand(): void {
    const [remaining] = queued
    if (!waiting || (remaining === undefined && !isOver)) return
    if (remaining === undefined) waiting.writeHead(410).end()
    else waiting.writeHead(200, invocationHeaders(remaining)).end('{}')
    queued.shift()
    waiting = undefined
  }

  const server = createServer(async (request, answer) => {
    const path = request.url as string
    if (path.endsWith('/next')) {
      initialised.resolve(performance.now())
      waiting = answer
      return hand()
    }
    const body = await text(request)
    answer.writeHead(202, { 'content-length': 0 }).end()
    const at = performance.now()
    // A function runs one invocation at a time, so its answer belongs to the oldest.
    const invocation = running.shift()
    if (path.endsWith('/response')) invocation?.resolve({ at, response: JSON.parse(body) })
    else invocation?.reject(new Error(`The function failed: ${body}`))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    initialised: initialised.promise,
    invoke(remainingMilliseconds) {
      const invocation = Promise.withResolvers<Answered>()
      running.push(invocation)
      queued.push(remainingMilliseconds)
      hand()
      return invocation.promise
    },
    shutDown() {
      isOver = true
      hand()
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function invocationHeaders(remainingMilliseconds: number) {
  return {
    'content-type': 'application/json',
    'content-length': 2,
    'lambda-runtime-aws-request-id': '8476a536-e9f4-11e8-9739-2dfe598c3fcd',
    'lambda-runtime-deadline-ms': Date.now() + remainingMilliseconds,
    'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-west-1:123456789012:function:bench',
    'lambda-runtime-trace-id': 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0',
  }
}
