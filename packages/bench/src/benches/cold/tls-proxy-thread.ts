// A thread that takes TLS off and passes the bytes on; it sends the port on which it listens.
import { type AddressInfo, connect } from 'node:net'
import { pipeline } from 'node:stream'
import { createServer } from 'node:tls'
import { parentPort, workerData } from 'node:worker_threads'

export interface ProxyData {
  readonly key: string
  readonly cert: string
  /** The port on 127.0.0.1 of what stands behind. */
  readonly to: number
}

const { key, cert, to } = workerData as ProxyData

// A function is killed when it has answered, so a connection that breaks off is no fault here.
const ignore = () => {}
const server = createServer({ key, cert, noDelay: true }, (socket) => {
  const behind = connect({ host: '127.0.0.1', port: to, noDelay: true })
  pipeline(socket, behind, ignore)
  pipeline(behind, socket, ignore)
})
server.on('tlsClientError', ignore)
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port))
