import { connect, type Socket } from 'node:net'

/** Seconds. Whoever takes a socket later than this gets none: what a process was frozen with may be dead. */
const longest = 10

/** Seconds, by a clock that nothing sets back. `performance` would load eleven modules of Node in a cold start. */
const now = () => process.uptime()

interface Early {
  readonly port: number
  readonly sockets: Set<Socket>
  readonly until: number
}

let early: Early | undefined

/**
 * Begins to connect before anybody asks, which sends nothing. Where nothing listens that is no failure: the first
 * request will connect by itself. These sockets keep no process alive.
 */
export function connectEarly(port: number, count: number): void {
  dropEarly()
  const sockets = Array.from({ length: count }, () => openSocket(port).unref())
  early = { port, sockets: new Set(sockets), until: now() + longest }
  // The first that dies takes the others along, so that a second attempt cannot meet another dead one.
  for (const socket of sockets) socket.on('error', () => {}).once('close', dropEarly)
  setTimeout(dropEarly, longest * 1_000).unref()
}

/** A socket to this port that is connected or still connecting. */
export function takeEarly(port: number): Socket | undefined {
  if (early?.port !== port || now() > early.until) return undefined
  const [socket] = early.sockets
  if (!socket) return undefined
  early.sockets.delete(socket)
  return socket.ref()
}

export function openSocket(port: number): Socket {
  return connect({ host: '127.0.0.1', port, noDelay: true })
}

function dropEarly(): void {
  for (const socket of early?.sockets ?? []) socket.destroy()
  early = undefined
}
