import type { DispatchController, Dispatcher } from './dispatcher.ts'

/** A secret is at most 64 KiB, a parameter 8 KiB; JSON's escapes make them six times as long at worst. */
const bodyLimit = 1024 * 1024

export interface HttpRequest {
  readonly origin: string
  readonly path: string
  readonly headers: Record<string, string>
}

export interface HttpResponse {
  readonly status: number
  readonly body: Buffer
}

/** Why there is no response. `code` is undici's or the system's; its error is dropped: it may hold raw bytes. */
export interface Fault {
  readonly fault: 'aborted' | 'too large' | 'failed'
  readonly code?: string | undefined
  /** Whether a response had begun. */
  readonly begun?: boolean
}

/** Sends one request. Never rejects; settles at once on abort, whether it was sent already or not. */
export function exchange(dispatcher: Dispatcher, request: HttpRequest, signal: AbortSignal) {
  return new Promise<HttpResponse | Fault>((resolve) => {
    let controller: DispatchController | undefined
    let settled = false
    let status = 0
    let size = 0
    let chunks!: Uint8Array[]

    const settle = (result: HttpResponse | Fault) => {
      settled = true
      signal.removeEventListener('abort', abort)
      resolve(result)
    }
    const stop = (fault: Fault) => {
      settle(fault)
      controller?.abort(new Error(fault.fault))
    }
    const abort = () => stop({ fault: 'aborted' })
    const fail = (error: unknown) => settle({ fault: 'failed', code: codeOf(error), begun: status > 0 })

    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort)
    try {
      dispatcher.dispatch(
        { ...request, method: 'GET', headersTimeout: 0, bodyTimeout: 0 },
        {
          onRequestStart(started) {
            controller = started
            // It waited in the dispatcher's own queue, and nobody waits for it any more.
            if (settled) started.abort(new Error('aborted'))
          },
          onResponseStart(_, startedStatus, headers) {
            status = startedStatus
            size = 0
            chunks = []
            if (Number(headers['content-length']) > bodyLimit) stop({ fault: 'too large' })
          },
          onResponseData(_, chunk) {
            size += chunk.length
            if (size > bodyLimit) stop({ fault: 'too large' })
            else chunks.push(chunk)
          },
          onResponseEnd: () => settle({ status, body: Buffer.concat(chunks, size) }),
          onResponseError: (_, error) => fail(error),
        },
      )
    } catch (error) {
      fail(error)
    }
  })
}

/** The code given here to what undici's parser refuses; its own has none. */
export const notHttp = 'HTTP_PARSER'

/** A code is a constant of undici or the system; a message may quote what was received. */
export function codeOf(error: unknown): string | undefined {
  const { name, code } = Object(error) as { name?: unknown; code?: unknown }
  if (name === 'HTTPParserError') return notHttp
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : undefined
}
