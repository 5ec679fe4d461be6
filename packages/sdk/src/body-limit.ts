import { pipeline, Readable, Transform } from 'node:stream'

/** Room for one secret of 64 KiB, or a page of ten parameters, whose every character JSON escapes with six. */
const roomForEach = 1024 * 1024

type Step = (args: never) => Promise<unknown>

interface Response {
  readonly headers: Readonly<Record<string, string | undefined>>
  body?: unknown
}

/**
 * A middleware between the SDK and the wire: it cuts off an answer larger than so many things can be, and tells it.
 * What it throws says nothing and goes no further: the SDK hangs the response on whatever it meets while it reads one.
 */
export function limitBody(things: number, onTooLarge: () => void): (next: Step) => Step {
  const most = roomForEach * things
  return (next) => async (args) => {
    const result = (await next(args)) as { readonly response: Response }
    const { response } = result
    const { body, headers } = response
    if (!(body instanceof Readable)) return result
    if (Number(headers['content-length']) > most) {
      onTooLarge()
      body.destroy()
      throw new Error()
    }
    response.body = cutOff(body, most, onTooLarge)
    return result
  }
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
  // Whoever reads `limited` hears of every error; here there is nobody to tell.
  pipeline(body, limited, () => {})
  return limited
}
