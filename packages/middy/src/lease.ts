import { activeLeasing, type Borrow, lendViews } from '@secrets-cache/core/internal'

/**
 * A durable run that was suspended never ends, and Middy does not tell when a stream has ended: then the garbage
 * collector tells, when nobody has the request any more.
 */
const abandoned = new FinalizationRegistry<() => void>((release) => release())

/** Says what an invocation uses, until the function it returns is called. */
export type LeaseFor = (request: object, views: object) => () => void

/** Says for one middleware that what an invocation uses is not disposed of before it ends. */
export function createLeasing(): LeaseFor {
  let lent: { readonly views: object; readonly borrow: Borrow } | undefined

  return (request, views) => {
    const leasing = activeLeasing()
    if (leasing) {
      const release = leasing.leaseViews(Object.values(views))
      abandoned.register(request, release)
      return release
    }
    // Until something is derived, counting the invocations is enough.
    if (lent?.views !== views) lent = { views, borrow: lendViews(Object.values(views)) }
    return lent.borrow()
  }
}

/**
 * Releases when nothing of an answer is still to be streamed: at once, or when Node's stream has closed; the web's does
 * not tell. While nothing is derived, nothing can be disposed of under a stream, and the answer is not looked at.
 */
export function releaseWhenStreamed(response: unknown, lease: { readonly release: () => void }): void {
  const stream = activeLeasing() ? streamIn(response) : undefined
  if (stream) stream.once?.('close', () => lease.release())
  else lease.release()
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
