import type { ServerResponse } from 'node:http'
import type { Delivery, LocalResponse } from './http.ts'
import { clearInterval, setInterval } from './real-timers.ts'

type Stream = Extract<Delivery, { readonly kind: 'stream' }>

/** Writes an answer to its socket, or plays a fault of the connection. */
export const deliver = (response: ServerResponse, answer: LocalResponse): void => {
  const { delivery } = answer
  const socket = response.socket
  if (answer.afterwards) response.once('close', answer.afterwards)
  if (delivery?.kind === 'hang') return
  if (delivery?.kind === 'reset') return void socket?.resetAndDestroy()
  if (delivery?.kind === 'garbage')
    return void socket?.end('SSH-2.0-not-http\r\nthis is another program\u0000\u0001\r\n')
  if (delivery?.kind === 'stream') return void stream(response, answer, delivery.open)
  const body = Buffer.from(answer.body ?? '')
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.byteLength })
  if (delivery?.kind === 'drip') drip(response, body, delivery.interval)
  else if (delivery?.kind === 'truncate') truncate(response, body)
  else response.end(body)
}

const stream = (response: ServerResponse, { status, headers }: LocalResponse, open: Stream['open']): void => {
  response.writeHead(status, headers)
  response.flushHeaders()
  if (response.destroyed) return
  const end = open((piece) => {
    // What is not yet sent is kept in memory, so nothing is added to it.
    if (response.writableNeedDrain || response.destroyed) return false
    response.write(piece)
    return true
  })
  response.once('close', end)
}

/** Announces the whole length, and ends the connection after half of the body. */
const truncate = (response: ServerResponse, body: Buffer): void => {
  response.write(body.subarray(0, Math.floor(body.byteLength / 2)), () => response.socket?.destroy())
}

const drip = (response: ServerResponse, body: Buffer, interval: number): void => {
  // A client that is already gone would never emit `close`, so the timer would run for ever.
  if (response.destroyed) return
  let sent = 0
  response.flushHeaders()
  const timer = setInterval(() => {
    response.write(body.subarray(sent, ++sent))
    if (sent >= body.byteLength) response.end()
  }, interval)
  response.once('close', () => clearInterval(timer))
}
