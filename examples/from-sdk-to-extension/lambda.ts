// The function's own process: loads a handler, invokes it when told, and reports what was called meanwhile.
import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import { performance } from 'node:perf_hooks'

export interface Call {
  readonly what: string
  /** Milliseconds since the invocation began. */
  readonly at: number
  readonly milliseconds: number
}

export interface Report {
  readonly milliseconds: number
  readonly calls: readonly Call[]
  readonly answer: unknown
}

let calls: Call[] = []
let began = 0
const open = new WeakMap<object, { what: string; at: number }>()

const start = (request: object, what: string) => open.set(request, { what, at: performance.now() - began })
function end(request: object): void {
  const call = open.get(request)
  if (call) calls.push({ ...call, milliseconds: performance.now() - began - call.at })
}

// The AWS SDK sends by node:http, the layer is asked by undici; both publish to diagnostics channels.
subscribe('http.client.request.start', (message) => {
  const { request } = message as { request: ClientRequest }
  start(request, String(request.getHeader('x-amz-target') ?? request.path).replace('secretsmanager.', 'AWS '))
})
subscribe('http.client.response.finish', (message) => end((message as { request: object }).request))
subscribe('undici:request:create', (message) => {
  const { request } = message as { request: { method: string; path: string } }
  start(request, `layer ${request.method} ${request.path.split('?')[0]}`)
})
subscribe('undici:request:trailers', (message) => end((message as { request: object }).request))

const { handler } = await import(process.argv[2] as string)
process.send?.({ initMilliseconds: performance.now() })

process.on('message', async () => {
  calls = []
  began = performance.now()
  const deadline = began + 3_000
  const answer = await handler({}, { getRemainingTimeInMillis: () => deadline - performance.now() })
  process.send?.({ milliseconds: performance.now() - began, calls, answer } satisfies Report)
})
