import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** One environment's side of Lambda's Runtime API: hands out one invocation, and tells when what happened. */
export interface RuntimeApi extends AsyncDisposable {
  readonly address: string
  /** When INIT was over: the runtime asked for its first invocation. */
  readonly initialised: Promise<number>
  /** When the first response had arrived, and the response. */
  readonly responded: Promise<{ readonly at: number; readonly response: unknown }>
}

export async function startRuntimeApi(): Promise<RuntimeApi> {
  const initialised = Promise.withResolvers<number>()
  const responded = Promise.withResolvers<{ at: number; response: unknown }>()
  const server = createServer(async (request, answer) => {
    const path = request.url as string
    if (path.endsWith('/next')) {
      // A second invocation never comes: this environment stays frozen where it is.
      if (await isFirst()) answer.writeHead(200, invocationHeaders()).end('{}')
      return
    }
    const body = await text(request)
    answer.writeHead(202, { 'content-length': 0 }).end()
    const at = performance.now()
    if (path.endsWith('/response')) responded.resolve({ at, response: JSON.parse(body) })
    else responded.reject(new Error(`The function failed: ${body}`))
  })
  let asked = 0
  const isFirst = async () => {
    initialised.resolve(performance.now())
    return ++asked === 1
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    initialised: initialised.promise,
    responded: responded.promise,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function invocationHeaders() {
  return {
    'content-type': 'application/json',
    'content-length': 2,
    'lambda-runtime-aws-request-id': '8476a536-e9f4-11e8-9739-2dfe598c3fcd',
    'lambda-runtime-deadline-ms': Date.now() + 30_000,
    'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-west-1:123456789012:function:bench',
    'lambda-runtime-trace-id': 'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0',
  }
}
