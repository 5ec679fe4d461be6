import { connect, type Socket } from 'node:net'
import UndiciClient from 'undici/lib/dispatcher/client.js'
import type { Client } from './connections.ts'

/**
 * The thin way into undici: its HTTP/1.1 client and no more. `extension.ts` says when it is loaded.
 * The load's deadline bounds everything: each request says that no timeout of undici's is to be armed.
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
      // undici leaves a socket that is still connecting to the system's patience, and the process with it.
      socket?.destroy()
      return client.destroy()
    },
  }
}
