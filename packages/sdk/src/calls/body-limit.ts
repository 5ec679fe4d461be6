import { pipeline, Readable, Transform } from 'node:stream'
import type { Step } from '../clients/services.ts'

/** Room for one secret of 64 KiB, or a page of ten parameters, whose every character JSON escapes with six. */
const roomForEach = 1024 * 1024

interface Response {
  readonly headers: Readonly<Record<string, string | undefined>>
  body?: unknown
}

/**
 * A middleware between the SDK and the wire: aborts an answer above 1 MiB for each of so many things, and calls
 * `onTooLarge`. Its errors are empty and not propagated: the SDK attaches the response to every error that it meets
 * while it reads one. `onSend` is called when a request is about to be sent.
 */
export function limitBody(things: number, onTooLarge: () => void, onSend: () => void): (next: Step) => Step {
  const most = roomForEach * things
  return (next) => async (args) => {
    onSend()
    const result = (await next(args)) as { readonly response: Response }
    const { response } = result
    const { body, headers } = response
    if (!(body instanceof Readable)) return result
    if (Number(headers['content-length']) > most) {
      onTooLarge()
      body.destroy()
      throw new Error()
    }
    if (!isBounded(headers)) response.body = cutOff(body, most, onTooLarge)
    return result
  }
}

/**
 * Whether the length that an answer states is all that can come of it: Node's parser ends the body there, and refuses an
 * answer that is in chunks too. Such a body is read as it is, for a stream in between takes milliseconds of a cold start.
 */
function isBounded(headers: Response['headers']): boolean {
  return /^\d+$/.test(headers['content-length'] ?? '') && headers['transfer-encoding'] === undefined
}

function cutOff(body: Readable, most: number, onTooLarge: () => void): Transform {
  let size = 0
  const limited = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      size += chunk.byteLength
      if (size <= most) return done(null, chunk)
      onTooLarge()
      done(new Error())
    },
  })
  // Every error reaches whoever reads `limited`; there is nothing to do about it here.
  pipeline(body, limited, () => {})
  return limited
}
