import { Agent } from 'node:http'
import { Duplex } from 'node:stream'
import type { DirectOptions } from '@secrets-cache/direct'
import { answerTo, type Input } from './clients.ts'
import type { Cloud } from './cloud.ts'

/** The options with which `direct()` sends its real requests to the simulated cloud. */
export function simulatedDirect(cloud: Pick<Cloud, 'attempt'>): DirectOptions {
  const agent = new Agent({ keepAlive: false })
  agent.createConnection = () => createSocket(cloud)
  return {
    agent,
    environment: {
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
    },
  }
}

/** A connection whose other end answers one request of the AWS JSON protocol. */
function createSocket(cloud: Pick<Cloud, 'attempt'>): Duplex {
  let received = ''
  const socket = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      received += chunk.toString('latin1')
      const [head = '', body] = received.split('\r\n\r\n')
      if (body !== undefined && body.length >= Number(/content-length: (\d+)/i.exec(head)?.[1])) {
        void answer(JSON.parse(body) as Input)
      }
      done()
    },
  })

  async function answer(input: Input): Promise<void> {
    const { service, output } = answerTo(input)
    const isAllowed = await cloud.attempt(service)
    const body = JSON.stringify(isAllowed ? output : { __type: 'ThrottlingException' })
    const status = isAllowed ? '200 OK' : '400 Bad Request'
    socket.push(`HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`)
    socket.push(null)
  }

  return socket
}
