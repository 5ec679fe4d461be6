import { leaseViews } from '@secrets-cache/core/internal'

/** What the hooks need of Middy's request to know when its invocation is over. */
export interface LeasedRequest {
  readonly response?: unknown
}

const releases = new WeakMap<LeasedRequest, () => void>()

/**
 * A durable run that was suspended never ends, nor does Middy tell when a stream has: nothing tells of it but that
 * nobody has the request any more.
 */
const abandoned = new FinalizationRegistry<() => void>((end) => end())

/** What this invocation uses is not disposed of before it ends. */
export function leaseFor(request: LeasedRequest, views: readonly object[]): void {
  const earlier = releases.get(request)
  const own = leaseViews(views)
  abandoned.register(request, own)
  releases.set(request, () => {
    earlier?.()
    own()
  })
}

/** The invocation is over. Nothing is returned: Middy would take it for the response. */
export function release(request: LeasedRequest): undefined {
  releases.get(request)?.()
}

/** The same, but what the answer streams is still to come: until Node's stream has closed; the web's does not tell. */
export function endLease(request: LeasedRequest): undefined {
  const end = releases.get(request)
  if (!end) return
  const stream = streamIn(request.response)
  if (stream) stream.once?.('close', end)
  else end()
}

interface Streamed {
  readonly once?: (event: 'close', listener: () => void) => unknown
}

/** A stream as Middy takes it: the answer, or its body. */
function streamIn(response: unknown): Streamed | undefined {
  const { body = response } = Object(response) as { readonly body?: unknown }
  const { pipe, pipeTo } = Object(body) as { readonly pipe?: unknown; readonly pipeTo?: unknown }
  return (pipe ?? pipeTo) ? (body as Streamed) : undefined
}
