import type { IncomingMessage } from 'node:http'
import { WITH_PRELUDE } from './inside/streaming.ts'

/** The status, headers and cookies of a response that is streamed. */
export interface ReplyHead {
  readonly statusCode?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: readonly string[]
}

/** Gets a streamed response as it comes. */
export interface Reply {
  readonly begin: (head: ReplyHead) => void
  /** Resolves once more can be taken. */
  readonly write: (piece: Uint8Array) => Promise<void> | void
}

/** What is shown of a body at most, in characters. */
const MOST_SHOWN = 10_000

/** The zero bytes between the head of a response and its body. */
const GAP = Buffer.alloc(8)

/** A response that was to have a head and has none. */
export class NoHeadError extends Error {
  override readonly name = 'Runtime.InvalidStreamingOperation'
  override readonly message =
    'HttpResponseStream.from() writes its metadata with the first write(), and the stream was ended without one, here as ' +
    'with the runtime client of Lambda. Call write() before end().'
}

/** Reads a streamed response, passes it on, and gives what there is to show of it. */
export const readReply = async (message: IncomingMessage, reply?: Reply): Promise<unknown> => {
  const { 'content-type': type = 'application/octet-stream' } = message.headers
  const pieces: Buffer[] = []
  const write = async (piece: Buffer): Promise<void> => {
    pieces.push(piece)
    if (piece.byteLength > 0) await reply?.write(piece)
  }
  let head: ReplyHead | undefined
  let before = Buffer.alloc(0)
  const begin = (given: ReplyHead): void => {
    head = given
    reply?.begin(given)
  }
  if (type !== WITH_PRELUDE) begin({ headers: { 'content-type': type } })
  for await (const piece of message) {
    if (head) await write(piece)
    else {
      before = Buffer.concat([before, piece])
      const end = before.indexOf(GAP)
      if (end < 0) continue
      begin(JSON.parse(before.subarray(0, end).toString()))
      await write(before.subarray(end + GAP.byteLength))
    }
  }
  if (!head) throw new NoHeadError()
  const body = shown(Buffer.concat(pieces))
  return type === WITH_PRELUDE ? { statusCode: 200, ...head, body } : body
}

const shown = (body: Buffer): string => {
  const text = body.toString()
  // What is no text has a character that stands for broken bytes.
  return text.length > MOST_SHOWN || text.includes('\uFFFD') ? `(${body.byteLength} bytes)` : text
}
