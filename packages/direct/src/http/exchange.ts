import type { Agent, ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { startTimer } from '@secrets-cache/core/internal'
import { modules, sharedAgent } from './agents.ts'
import { closeIdleSockets, closeOldSockets, markUsed } from './idle-sockets.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly isTls: boolean
  readonly hostname: string
  readonly port: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  /** @default the one that all sources share */
  readonly agent: Agent | undefined
}

export interface Limits {
  readonly signal: AbortSignal
  /** How many bytes an answer may have. */
  readonly most: number
  /** How long to wait for a connection, and for all of it. Milliseconds. */
  readonly patience: { readonly connecting: number; readonly whole: number }
}

export interface HttpResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Why there is no answer. An error is dropped but for its code: it may hold what was received. */
export interface Fault {
  readonly fault: 'aborted' | 'timed out' | 'too large' | 'failed'
  readonly code: string
  /** Whether there was no connection yet. */
  readonly isConnecting: boolean
  /** Whether the connection had been used before, and no answer had begun. */
  readonly isStale: boolean
}

/** Sends one request and reads its answer. Never rejects; follows no redirect; verifies TLS whatever the variables say. */
export function exchange(request: HttpRequest, limits: Limits): Promise<HttpResponse | Fault> {
  const { isTls, hostname, port, method, path, headers, body } = request
  const { signal, most, patience } = limits
  return new Promise((resolve) => {
    let sent: ClientRequest | undefined
    let isConnecting = true
    let hasBegun = false
    let isSettled = false
    const cancels: (() => void)[] = []

    const settle = (result: HttpResponse | Fault) => {
      isSettled = true
      for (const cancel of cancels) cancel()
      resolve(result)
    }
    const stop = (fault: Fault['fault'], code = '') => {
      if (isSettled) return
      const isStale = sent?.reusedSocket === true && !hasBegun
      settle({ fault, code, isConnecting, isStale })
      sent?.destroy()
      if (agent && isStale && fault !== 'aborted') closeIdleSockets(agent, `${hostname}:${port}`)
    }
    const fail = (error: unknown) => stop('failed', codeOf(error))
    const abort = () => stop('aborted')

    let agent: Agent | undefined
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort)
    cancels.push(
      () => signal.removeEventListener('abort', abort),
      startTimer(patience.connecting, () => {
        if (isConnecting) stop('timed out')
      }),
      startTimer(patience.whole, () => stop('timed out')),
    )
    try {
      agent = request.agent ?? sharedAgent(isTls)
      closeOldSockets(agent, `${hostname}:${port}`)
      const { request: send } = isTls ? modules.https() : modules.http()
      sent = send({ agent, hostname, port, method, path, headers, rejectUnauthorized: true })
      sent.on('error', fail)
      sent.once('socket', (socket) => {
        whenReady(socket, isTls, () => {
          isConnecting = false
        })
      })
      sent.once('response', (response) => {
        isConnecting = false
        hasBegun = true
        read(response)
      })
      sent.end(body)
    } catch (thrown) {
      fail(thrown)
    }

    function read(response: IncomingMessage): void {
      const { statusCode: status = 0, headers } = response
      const chunks: Buffer[] = []
      let size = 0
      response.on('error', fail)
      if (Number(headers['content-length']) > most) {
        stop('too large')
        return
      }
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > most) stop('too large')
        else chunks.push(chunk)
      })
      response.once('end', () => {
        if (agent) markUsed(agent, `${hostname}:${port}`)
        settle({ status, headers, body: Buffer.concat(chunks, size) })
      })
    }
  })
}

/** Calls back when a request can be written: after the handshake, where there is one. */
function whenReady(socket: Socket, isTls: boolean, onReady: () => void): void {
  const isHandshaking = (socket as Partial<TLSSocket> & { secureConnecting?: boolean }).secureConnecting
  if (socket.connecting || isHandshaking) socket.once(isTls ? 'secureConnect' : 'connect', onReady)
  else onReady()
}

/** A code is a constant of the system, of OpenSSL or of Node; a message may quote what was received. */
function codeOf(error: unknown): string {
  const { code, errors } = Object(error) as { code?: unknown; errors?: unknown }
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code)) return code
  // A host with several addresses gives one error for each.
  return Array.isArray(errors) ? codeOf(errors[0]) : ''
}
