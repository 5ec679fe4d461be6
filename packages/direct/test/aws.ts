import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { canary, useEndpoint } from './account.ts'
import { closeLater } from './close-started.ts'

export type Fields = Readonly<Record<string, unknown>>

/** A request of the AWS JSON protocol. */
export interface Asked {
  readonly operation: string
  readonly input: Fields
}

/** Answers with fields, with an exception, or by hand; nothing is no answer at all. */
export type Script = (
  asked: Asked,
  response: ServerResponse,
  request: IncomingMessage,
) => Fields | Exception | undefined

export class Exception {
  readonly name: string
  readonly status: number
  constructor(name: string, status = 400) {
    this.name = name
    this.status = status
  }
}

/** A certificate and its key. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

/** Speaks AWS JSON as a test says, for what the stand-in cannot play. */
export async function startAws(script: Script, certificate?: Certificate) {
  const asked: Asked[] = []
  const sockets = new Set<Socket>()
  const listener: RequestListener = async (request, response) => {
    const body: Buffer[] = []
    for await (const piece of request) body.push(piece as Buffer)
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) as string
    const one = { operation, input: JSON.parse(Buffer.concat(body).toString() || '{}') as Fields }
    asked.push(one)
    const answer = script(one, response, request)
    if (answer === undefined) return
    const isException = answer instanceof Exception
    response.writeHead(isException ? answer.status : 200, {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': 'request-1',
    })
    response.end(JSON.stringify(isException ? { __type: answer.name, message: canary } : answer))
  }
  const server = certificate ? createTlsServer(certificate, listener) : createServer(listener)
  // A client decides how long it keeps a connection.
  server.keepAliveTimeout = 0
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `${certificate ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`
  useEndpoint(url)
  closeLater(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return {
    url,
    asked,
    /** The connections that are open. */
    sockets,
    /** The names of the operations, in order. */
    operations: () => asked.map(({ operation }) => operation),
  }
}
