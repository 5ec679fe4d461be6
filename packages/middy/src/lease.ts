import { activeLeasing, type Borrow, type Leasing, lendViews } from '@secrets-cache/core/internal'

/** What the hooks need of Middy's request to know when its invocation is over. */
export interface LeasedRequest {
  readonly response?: unknown
  /** Says that the invocation is over. */
  [end]?: (() => void) | undefined
}

const end = Symbol.for('@secrets-cache/middy/end')

/**
 * A durable run that was suspended never ends, and Middy does not tell when a stream has ended: then the garbage
 * collector tells, when nobody has the request any more.
 */
const abandoned = new FinalizationRegistry<() => void>((release) => release())

/** Says for one middleware that what an invocation uses is not disposed of before it ends. */
export function createLeasing(): (request: LeasedRequest, views: object) => void {
  let lent: { readonly views: object; readonly borrow: Borrow } | undefined

  /** Until something is derived, counting the invocations is enough. */
  function borrowViews(views: object): () => void {
    if (lent?.views !== views) lent = { views, borrow: lendViews(Object.values(views)) }
    return lent.borrow()
  }

  function lease(leasing: Leasing, request: LeasedRequest, views: object): () => void {
    const release = leasing.leaseViews(Object.values(views))
    abandoned.register(request, release)
    return release
  }

  return (request, views) => {
    const earlier = request[end]
    const leasing = activeLeasing()
    const own = leasing ? lease(leasing, request, views) : borrowViews(views)
    request[end] = earlier ? () => [earlier(), own()] : own
  }
}

/** The invocation is over. Nothing is returned: Middy would take it for the response. */
export function release(request: LeasedRequest): undefined {
  const release = request[end]
  request[end] = undefined
  release?.()
  return undefined
}

/** The same, but what the answer streams is still to come: until Node's stream has closed; the web's does not tell. */
export function endLease(request: LeasedRequest): undefined {
  // While nothing is derived, nothing can be disposed of under a stream, and the answer need not be looked at.
  const stream = activeLeasing() ? streamIn(request.response) : undefined
  if (!stream) return release(request)
  stream.once?.('close', () => release(request))
  return undefined
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
