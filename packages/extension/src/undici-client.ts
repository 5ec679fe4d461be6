import type { Socket } from 'node:net'
import UndiciClient from 'undici/lib/dispatcher/client.js'
import type { Client } from './connections.ts'
import { deferTierUp } from './defer-tier-up.ts'
import { openSocket, takeEarly } from './early-sockets.ts'
import { PretendedSocket } from './pretended-socket.ts'

export { connectEarly } from './early-sockets.ts'

type Connected = (error: Error | null, socket?: Socket) => void

/** Opens a connection with undici's HTTP/1.1 client, the only part of undici that is used. */
export function openClient(origin: string): Client {
  // Stryker disable ObjectLiteral,BooleanLiteral,StringLiteral,CallExpression: what processes, packets and undici's contract see of it.
  return clientOver(origin, (port, callback) => {
    const socket = takeEarly(port) ?? openSocket(port)
    const connected = () => {
      socket.off('error', callback)
      callback(null, socket)
    }
    socket.once('error', callback)
    if (socket.connecting) socket.once('connect', connected)
    // undici needs to have left the call in which it asks for the socket.
    else queueMicrotask(connected)
    return socket
  })
  // Stryker restore ObjectLiteral,BooleanLiteral,StringLiteral,CallExpression
}

/** The same over a pretended socket, which answers each request with these bytes. */
export function openPretended(origin: string, answer: Buffer): Client {
  return clientOver(origin, (_, callback) => {
    const socket = new PretendedSocket(answer)
    queueMicrotask(() => deferTierUp(() => callback(null, socket)))
    return socket
  })
}

/** No timeout of undici is set: the deadline of the load bounds each request. */
function clientOver(origin: string, open: (port: number, callback: Connected) => Socket): Client {
  let socket: Socket | undefined
  const client = new UndiciClient(origin, {
    connect: ({ port }, callback) => {
      socket = open(Number(port), callback)
    },
  })
  return {
    dispatch: (options, handler) => client.dispatch(options, handler),
    destroy: () => {
      // undici does not close a socket that is still connecting, which would keep the process alive.
      socket?.destroy()
      return client.destroy()
    },
  }
}
