import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createNetServer, type Server, type Socket } from 'node:net'
import { afterEach } from '@jest/globals'

const running = new Set<{ close: () => Promise<void> }>()

afterEach(async () => {
  await Promise.all([...running].map(({ close }) => close()))
})

/** An HTTP server on a port of its own, closed after the test; `requests` has what it was asked. */
export async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void, port = 0) {
  const requests: IncomingMessage[] = []
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    requests.push(request)
    answer(request, response)
  })
  return { ...(await listen(server, port)), requests }
}

/** The same for bytes that are no HTTP. */
export function serveRaw(answer: (socket: Socket, request: string) => void) {
  const server = createNetServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (chunk) => answer(socket, chunk.toString()))
  })
  return listen(server, 0)
}

/** Answers each request with the next of `answers`, the last one for ever; a string is a 200 with that body. */
export function serveInTurn(...answers: (string | readonly [status: number, body: string])[]) {
  const left = [...answers]
  return serve((_, response) => {
    const next = (left.length > 1 ? left.shift() : left[0]) ?? ''
    const [status, body] = typeof next === 'string' ? [200, next] : next
    response.writeHead(status).end(body)
  })
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const { port, close } = await listen(createNetServer(), 0)
  await close()
  return port
}

async function listen(server: Server, wanted: number) {
  const sockets = new Set<Socket>()
  let connections = 0
  server.on('connection', (socket: Socket) => {
    connections++
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve))
  const entry = {
    close: () => {
      running.delete(entry)
      for (const socket of sockets) socket.destroy()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  running.add(entry)
  const { port } = server.address() as AddressInfo
  return { port, sockets, close: entry.close, connections: () => connections }
}
