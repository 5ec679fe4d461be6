import type { ClientRequest } from 'node:http'
import { Writable } from 'node:stream'
import { openRuntime } from './runtime-client.ts'

/** How Lambda's runtime marks a handler that writes its response to a stream. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming')

/** The type of a response that begins with its status and headers, as JSON, and eight zero bytes. */
export const WITH_PRELUDE = 'application/vnd.awslambda.http-integration-response'

export type StreamingHandler = (event: unknown, stream: ResponseStream, context: object) => unknown

/** A response on its way to the Runtime API; the first byte that is written opens the request. */
export class ResponseStream extends Writable {
  readonly #path: string
  readonly #answered = Promise.withResolvers<void>()
  #type = 'application/octet-stream'
  #prelude: Buffer | undefined
  #outgoing: ClientRequest | undefined

  constructor(path: string) {
    super()
    this.#path = path
    // Whoever waits for the answer learns of it; a stream that fails before that has failed its handler.
    this.#answered.promise.catch(() => {})
    this.on('error', this.#answered.reject)
  }

  /** @param type of the whole response, before the first byte of it */
  setContentType(type: string): void {
    this.#type = type
  }

  /** Writes a status, headers and cookies before the first byte. */
  beginWith(metadata: object): void {
    this.#type = WITH_PRELUDE
    this.#prelude = Buffer.concat([Buffer.from(JSON.stringify(metadata)), Buffer.alloc(8)])
  }

  /** Whether a byte has been written, after which an error can only be told behind the response. */
  get isBegun(): boolean {
    return this.#outgoing !== undefined
  }

  /** Until the Runtime API has the whole response. A handler that does not end its stream waits for ever, as on Lambda. */
  get answered(): Promise<void> {
    return this.#answered.promise
  }

  /** Ends a response that has begun with an error. */
  async fail(error: object): Promise<void> {
    const outgoing = this.#begin()
    outgoing.addTrailers({
      'Lambda-Runtime-Function-Error-Type': 'Runtime.StreamError',
      'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(error)).toString('base64'),
    })
    outgoing.end()
    await this.answered
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.#begin().write(chunk, done)
  }

  override _final(done: () => void): void {
    this.#begin().end(done)
  }

  #begin(): ClientRequest {
    if (this.#outgoing) return this.#outgoing
    const headers = {
      'Content-Type': this.#type,
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      'Transfer-Encoding': 'chunked',
      Trailer: ['Lambda-Runtime-Function-Error-Type', 'Lambda-Runtime-Function-Error-Body'],
    }
    const { resolve, reject } = this.#answered
    this.#outgoing = openRuntime('POST', this.#path, headers, () => resolve(), reject)
    this.#outgoing.flushHeaders()
    if (this.#prelude) this.#outgoing.write(this.#prelude)
    return this.#outgoing
  }
}

/** Gives a function what Lambda's runtime gives it for streaming: `awslambda.streamifyResponse` and `HttpResponseStream`. */
export const offerStreaming = (): void => {
  const streamifyResponse = (handler: object): object => Object.assign(handler, { [STREAMING]: 'response' })
  const from = (stream: ResponseStream, metadata: object): ResponseStream => {
    stream.beginWith(metadata)
    return stream
  }
  Object.assign(globalThis, { awslambda: { streamifyResponse, HttpResponseStream: { from } } })
}

export const isStreaming = (handler: unknown): handler is StreamingHandler =>
  (handler as { [STREAMING]?: unknown })[STREAMING] === 'response'
