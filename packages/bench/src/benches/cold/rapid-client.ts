// Replaces the native part of the runtime client by the same four functions over a plain socket, so that, as in Lambda,
// nothing has used node:http when the handler is loaded. It is bundled into a file beside AWS's own.
import { connect, type Socket } from 'node:net'

interface Invocation {
  readonly headers: Readonly<Record<string, string>>
  readonly bodyJson: string
}

const [host, port] = (process.env['AWS_LAMBDA_RUNTIME_API'] as string).split(':') as [string, string]
const prefix = '/2018-06-01/runtime/invocation'
let socket: Socket | undefined
let received = ''
let waiting: ((invocation: Invocation) => void) | undefined

function send(method: string, path: string, body: string): void {
  if (!socket) {
    socket = connect({ host, port: Number(port), noDelay: true })
    socket.setEncoding('utf8').on('data', read)
  }
  const head = `${method} ${prefix}${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${Buffer.byteLength(body)}`
  socket.write(`${head}\r\n\r\n${body}`)
}

/** The server answers in order. The answers to `done` and `error` have no body, and nothing waits for them. */
function read(chunk: string): void {
  received += chunk
  for (;;) {
    const end = received.indexOf('\r\n\r\n')
    if (end < 0) return
    const lines = received.slice(0, end).split('\r\n').slice(1)
    const headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(':')
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
      }),
    )
    const whole = end + 4 + Number(headers['content-length'] ?? 0)
    if (received.length < whole) return
    const bodyJson = received.slice(end + 4, whole)
    received = received.slice(whole)
    if (headers['lambda-runtime-aws-request-id']) waiting?.({ headers, bodyJson })
  }
}

export function initializeClient(): void {}

export function next(): Promise<Invocation> {
  return new Promise((resolve) => {
    waiting = resolve
    send('GET', '/next', '')
  })
}

export function done(id: string, body: string): void {
  send('POST', `/${id}/response`, body)
}

export function error(id: string, body: string): void {
  send('POST', `/${id}/error`, body)
}
