import type { ClientRequest } from 'node:http'
import { Writable } from 'node:stream'
import { openRuntime } from './runtime-client.ts'

/** How Lambda's runtime marks a handler that writes its response to a stream, and how much it buffers. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming')
const BUFFERED = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark')

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

  constructor(path: string, handler: Marked) {
    const highWaterMark = handler[BUFFERED]
    super(highWaterMark === undefined ? {} : { highWaterMark })
    this.#path = path
    // Whoever waits for the answer learns of it; a stream that fails before that has failed its handler.
    this.#answered.promise.catch(() => {})
    this.on('error', this.#answered.reject)
  }

  /** @param type of the whole response, before the first byte of it */
  setContentType(type: string): void {
    if (this.isBegun) throw new Error('Cannot set content-type, too late.')
    this.#type = type
  }

  /** Writes a status, headers and cookies before what is written first; with AWS's client, `end()` alone writes none. */
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
  async fail(error: { readonly errorType: string }): Promise<void> {
    const outgoing = this.#begin()
    outgoing.addTrailers({
      'Lambda-Runtime-Function-Error-Type': error.errorType,
      'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(error)).toString('base64'),
    })
    outgoing.end()
    await this.answered
  }

  /** What is neither text nor bytes is written as JSON. */
  override write(chunk: unknown, ...more: unknown[]): boolean {
    const isPlain = typeof chunk === 'string' || chunk instanceof Uint8Array
    const isFirst = !this.isBegun
    const outgoing = this.#begin()
    if (isFirst && this.#prelude) outgoing.write(this.#prelude)
    return super.write(isPlain ? chunk : JSON.stringify(chunk), ...(more as []))
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
    return this.#outgoing
  }
}

/** Gives a function what Lambda's runtime gives it for streaming: `awslambda.streamifyResponse` and `HttpResponseStream`. */
export const offerStreaming = (): void => {
  const streamifyResponse = (handler: object, { highWaterMark }: { highWaterMark?: unknown } = {}): object =>
    Object.assign(handler, {
      [STREAMING]: 'response',
      ...(typeof highWaterMark === 'number' && { [BUFFERED]: highWaterMark }),
    })
  const from = (stream: ResponseStream, metadata: object): ResponseStream => {
    stream.beginWith(metadata)
    return stream
  }
  Object.assign(globalThis, { awslambda: { streamifyResponse, HttpResponseStream: { from } } })
}

interface Marked {
  readonly [STREAMING]?: unknown
  readonly [BUFFERED]?: number
}

export const isStreaming = (handler: unknown): handler is StreamingHandler & Marked =>
  (handler as Marked)[STREAMING] === 'response'

/** Calls it as Lambda's runtime does, until its whole response has arrived. */
export const callStreaming = async (
  handler: StreamingHandler,
  event: unknown,
  stream: ResponseStream,
  context: object,
): Promise<void> => {
  const given = handler(event, stream, context)
  if (typeof (Object(given) as { then?: unknown }).then !== 'function')
    throw new Error('Streaming does not support non-async handlers.')
  if ((await given) !== undefined) console.warn('Streaming handlers ignore return values.')
  await stream.answered
}
