import { connect, type Socket } from 'node:net'
import UndiciClient from 'undici/lib/dispatcher/client.js'
import type { Client } from './connections.ts'

/**
 * The thin way into undici: its HTTP/1.1 client and no more. Loaded with the first request, never before.
 * The load's deadline bounds everything, so no timeout of undici's is armed.
 */
export function openClient(origin: string): Client {
  let socket: Socket | undefined
  const client = new UndiciClient(origin, {
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: ({ hostname, port }, callback) => {
      socket = connect({ host: hostname, port: Number(port), noDelay: true })
        .once('error', callback)
        .once('connect', () => {
          socket?.off('error', callback)
          callback(null, socket)
        })
    },
  })
  return {
    dispatch: (options, handler) => client.dispatch(options, handler),
    destroy: () => {
      // undici leaves a socket that is still connecting to the system's patience, and the process with it.
      socket?.destroy()
      return client.destroy()
    },
  }
}
