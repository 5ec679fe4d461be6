// Listens with the shortest backlog there is, and writes its port.
import { type AddressInfo, createServer } from 'node:net'

const server = createServer()
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  console.log((server.address() as AddressInfo).port)
})
