import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { deliver } from './deliver.ts'
import { type Handler, type LocalRequest, text } from './http.ts'
import { LocalError } from './local-error.ts'

export type Listener = Awaited<ReturnType<typeof listen>>

export interface ListenOptions {
  readonly port: number
  readonly handler: Handler
  /** Milliseconds a connection may live; undefined = as long as it likes. */
  readonly connectionLifetime?: number | undefined
}

/** Serves a handler on loopback; closing it, or stopping for a while, ends every connection. */
export const listen = async ({ port, handler, connectionLifetime }: ListenOptions) => {
  const sockets = new Set<Socket>()
  // A client frozen between two requests must find its connection alive; a server that hangs up is a fault to ask for.
  const server = createServer(
    { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 },
    async (message, response) => {
      try {
        deliver(response, await handler(await read(message)))
      } catch {
        // The error could quote the request; the connection's end says enough.
        if (response.headersSent) response.destroy()
        else deliver(response, text(500, 'the stand-in failed'))
      }
    },
  )
  server.on('connection', (socket) => {
    sockets.add(socket)
    const end =
      connectionLifetime === undefined ? undefined : setTimeout(() => socket.destroy(), connectionLifetime)
    socket.once('close', () => {
      sockets.delete(socket)
      clearTimeout(end)
    })
  })

  const start = (wanted: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', (error) => reject(startFailure(error, wanted)))
      server.listen(wanted, '127.0.0.1', () => {
        server.removeAllListeners('error')
        resolve((server.address() as AddressInfo).port)
      })
    })

  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })

  const taken = await start(port)
  return {
    port: taken,
    /** Refuses connections until `resume`, as a server that is being restarted. */
    stop,
    /** Comes back on the same port. */
    resume: async () => {
      if (!server.listening) await start(taken)
    },
  }
}

const startFailure = (error: Error, port: number): Error =>
  'code' in error && error.code === 'EADDRINUSE'
    ? new LocalError('PORT_TAKEN', `Port ${port} is taken; choose another, or 0 for any free one.`)
    : error

const read = async (message: IncomingMessage): Promise<LocalRequest> => {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  const target = message.url ?? '/'
  const mark = target.indexOf('?')
  return {
    method: message.method ?? 'GET',
    target,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers: Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    ),
    body: Buffer.concat(chunks).toString(),
  }
}
