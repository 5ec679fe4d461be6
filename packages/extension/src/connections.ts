import { createSemaphore } from '@secrets-cache/core/internal'
import type { Dispatcher } from './dispatcher.ts'
import { exchange, type Fault, type HttpRequest, type HttpResponse } from './exchange.ts'
import { isLost } from './failure.ts'

export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse | Fault>

/** One keep-alive connection; it connects with its first request, and again after its socket has closed. */
export interface Client extends Dispatcher {
  destroy(): unknown
}

interface Connection {
  /** Which set of connections it belongs to. */
  readonly set: number
  readonly client: Client
}

/**
 * At most `limit` connections, each with one request at a time; the last used is used first.
 *
 * A process that was frozen may wake to a set of dead sockets. The first request that finds its own socket dead drops
 * the whole set, so that its second attempt cannot meet another dead one; those that failed beside it find that done.
 */
export function createConnections(limit: number, open: (origin: string) => Promise<Client>): Send {
  // In front of undici, not inside it: a request that waits here can leave at once, and no socket dies of it.
  const semaphore = createSemaphore(limit)
  const idle: Connection[] = []
  let set = 0
  let origin: string

  const replace = () => {
    // Stryker disable next-line UpdateOperator: any other number will do.
    set++
    for (const { client } of idle.splice(0)) client.destroy()
  }

  const exchangeOver = async ({ client, set: of }: Connection, request: HttpRequest, signal: AbortSignal) => {
    const result = await exchange(client, request, signal)
    const isCurrent = of === set
    if (isCurrent && isKept(result)) idle.push({ client, set: of })
    else client.destroy()
    if (isCurrent && isLost(result)) replace()
    return result
  }

  return async (request, signal) => {
    if (!(await semaphore.acquire(signal))) return { fault: 'aborted' }
    try {
      if (request.origin !== origin) replace()
      origin = request.origin
      const connection = idle.pop() ?? { set, client: await open(origin) }
      return await exchangeOver(connection, request, signal)
    } finally {
      semaphore.release()
    }
  }
}

/** The agent counts a connection once, when it accepts it: one that it answered with 429 gets nothing but 429. */
function isKept(result: HttpResponse | Fault): boolean {
  return 'status' in result && result.status !== 429
}
