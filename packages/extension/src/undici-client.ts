import { connect, type Socket } from 'node:net'
import UndiciClient from 'undici/lib/dispatcher/client.js'
import type { Client } from './connections.ts'

/**
 * Opens a connection with undici's HTTP/1.1 client, the only part of undici that is used; `extension.ts` says when it
 * is loaded. No timeout of undici is set: the deadline of the load bounds each request.
 */
export function openClient(origin: string): Client {
  let socket: Socket | undefined
  // Stryker disable ObjectLiteral,BooleanLiteral,StringLiteral,CallExpression: what processes, packets and undici's contract see of it.
  const client = new UndiciClient(origin, {
    connect: ({ hostname, port }, callback) => {
      const opening = connect({ host: hostname, port: Number(port), noDelay: true })
      socket = opening
      opening.once('error', callback).once('connect', () => {
        opening.off('error', callback)
        callback(null, opening)
      })
    },
  })
  // Stryker restore ObjectLiteral,BooleanLiteral,StringLiteral,CallExpression
  return {
    dispatch: (options, handler) => client.dispatch(options, handler),
    destroy: () => {
      // undici does not close a socket that is still connecting, which would keep the process alive.
      socket?.destroy()
      return client.destroy()
    },
  }
}
