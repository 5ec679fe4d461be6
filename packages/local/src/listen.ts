import { createServer, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { deliver } from './deliver.ts'
import { refusalOf } from './guard.ts'
import { type Handler, type LocalResponse, text } from './http.ts'
import { listenOn } from './listen-on.ts'
import { LocalError } from './local-error.ts'
import { readBody, requestOf } from './read-request.ts'
import { clearTimeout, setTimeout } from './real-timers.ts'

export type Listener = Awaited<ReturnType<typeof listen>>

export interface ListenOptions {
  readonly port: number
  readonly handler: Handler
  /** Milliseconds a connection may live; undefined = no limit. */
  readonly connectionLifetime?: number | undefined
  /**
   * Bytes of a request's body that are read at most.
   * @default 4 MiB: the largest secret has 64 KiB, and a fault's answer may be large
   */
  readonly mostBytes?: number
}

const MOST_BYTES = 4 * 2 ** 20

/** Serves a handler on loopback; closing it, or stopping for a while, ends every connection. */
export const listen = async ({
  port,
  handler,
  connectionLifetime,
  mostBytes = MOST_BYTES,
}: ListenOptions) => {
  /** Each open connection, with how many were open when it was accepted. */
  const sockets = new Map<Socket, number>()

  const answer = async (message: IncomingMessage): Promise<LocalResponse> => {
    const refusal = refusalOf(message)
    if (refusal) return ending(refusal)
    const body = await readBody(message, mostBytes)
    if (body === undefined) return ending(text(413, `The body has more than ${mostBytes} bytes.`))
    return handler({ ...requestOf(message, sockets.get(message.socket) ?? 0), body: body.toString() })
  }

  // No idle time-outs: a client that was frozen between two requests must find its connection open. Tests can ask for
  // closed connections with a fault.
  const server = createServer(
    { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 },
    async (message, response) => {
      try {
        deliver(response, await answer(message))
      } catch {
        // Not shown: the error could quote the request.
        if (response.headersSent) response.destroy()
        else deliver(response, text(500, 'the stand-in failed'))
      }
    },
  )
  server.on('connection', (socket) => {
    sockets.set(socket, sockets.size + 1)
    const end =
      connectionLifetime === undefined ? undefined : setTimeout(() => socket.destroy(), connectionLifetime)
    socket.once('close', () => {
      sockets.delete(socket)
      clearTimeout(end)
    })
  })

  const start = async (wanted: number) => {
    try {
      return await listenOn(server, wanted)
    } catch (error) {
      throw startFailure(error as Error, wanted)
    }
  }

  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets.keys()) socket.destroy()
    })

  const taken = await start(port)
  return {
    port: taken,
    /** Refuses connections until `resume`, like a server that is being restarted. */
    stop,
    /** Listens again on the same port. */
    resume: async () => {
      if (!server.listening) await start(taken)
    },
  }
}

/** What is left of the request is not read: the connection ends with the answer. */
const ending = (refusal: LocalResponse): LocalResponse => ({
  ...refusal,
  headers: { ...refusal.headers, connection: 'close' },
})

const startFailure = (error: Error, port: number): Error =>
  'code' in error && error.code === 'EADDRINUSE'
    ? new LocalError('PORT_TAKEN', `Port ${port} is taken; choose another, or 0 for any free one.`)
    : error
