import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A proxy in front of the stand-in that can end its clients' connections. */
export async function startProxy(target: number) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const behind = connect(target, '127.0.0.1')
    sockets.add(socket)
    socket.pipe(behind).pipe(socket)
    socket
      .on('error', () => {})
      .once('close', () => {
        sockets.delete(socket)
        behind.destroy()
      })
    behind.on('error', () => {})
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => sockets.size,
    /** Ends every connection with a FIN, or with an RST. */
    end(how: 'FIN' | 'RST'): void {
      for (const socket of sockets) {
        if (how === 'RST') socket.resetAndDestroy()
        else socket.end()
      }
    },
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
