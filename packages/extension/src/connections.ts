import type { Dispatcher } from './dispatcher.ts'
import { type Answer, exchange, type Fault, type Request } from './exchange.ts'
import { isLost } from './failure.ts'
import { createSlots } from './slots.ts'

export type Send = (request: Request, signal: AbortSignal) => Promise<Answer | Fault>

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
 * At most `limit` connections, each with one request at a time; the latest used is used first.
 *
 * A process that was frozen may wake to a set of dead sockets. The first request that finds its own dead drops
 * the whole set, so that its second attempt cannot meet another one; those that failed beside it find that done.
 */
export function createConnections(limit: number, open: (origin: string) => Promise<Client>): Send {
  const slots = createSlots(limit)
  const idle: Connection[] = []
  let set = 0
  let origin: string

  const replace = () => {
    // Stryker disable next-line UpdateOperator: any other number will do.
    set++
    for (const { client } of idle.splice(0)) client.destroy()
  }

  const exchangeOver = async ({ client, set: of }: Connection, request: Request, signal: AbortSignal) => {
    const reply = await exchange(client, request, signal)
    const current = of === set
    if (current && 'status' in reply) idle.push({ client, set: of })
    else client.destroy()
    if (current && isLost(reply)) replace()
    return reply
  }

  return async (request, signal) => {
    if (!(await slots.take(signal))) return { fault: 'aborted' }
    try {
      if (request.origin !== origin) replace()
      origin = request.origin
      const connection = idle.pop() ?? { set, client: await open(origin) }
      return await exchangeOver(connection, request, signal)
    } finally {
      slots.release()
    }
  }
}
