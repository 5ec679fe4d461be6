import type { ServerResponse } from 'node:http'
import type { Reply, ReplyHead } from '../reply.ts'
import type { Outcome } from '../runtime-api.ts'

/** Writes what a function returned as a Function URL does. */
export const writeOutcome = (response: ServerResponse, outcome: Outcome): void => {
  const answer = 'error' in outcome ? undefined : answerOf(outcome.result)
  if (answer && writeHead(response, answer.head)) response.end(answer.body)
  // Nothing of an error reaches the client; the terminal has it.
  else response.writeHead(502, { 'content-type': 'text/plain' }).end('Internal Server Error')
}

/** Passes a streamed response on, piece by piece, no faster than the client takes it. */
export const replyInto = (response: ServerResponse): Reply => ({
  begin: (head) => {
    if (writeHead(response, head)) response.flushHeaders()
  },
  write: async (piece) => {
    if (!response.headersSent || response.write(piece) || response.destroyed) return
    await new Promise<void>((resolve) => {
      response.once('drain', resolve).once('close', resolve)
    })
  },
})

interface Answer {
  readonly head: ReplyHead
  readonly body: string | Buffer
}

/** Undefined for what AWS cannot make a response of. */
const answerOf = (result: unknown): Answer | undefined => {
  if (!isResponse(result)) {
    const body = typeof result === 'string' ? result : JSON.stringify(result)
    return { head: { statusCode: 200, headers: { 'content-type': 'application/json' } }, body }
  }
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = result
  if (!isStatus(statusCode)) return undefined
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return {
    head: {
      statusCode: Number(statusCode),
      headers: { 'content-type': 'application/json', ...lower(headers) },
      cookies,
    },
    body: isBase64Encoded ? Buffer.from(text, 'base64') : text,
  }
}

interface Response {
  readonly statusCode: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: readonly string[]
  readonly body?: unknown
  readonly isBase64Encoded?: boolean
}

const isResponse = (result: unknown): result is Response =>
  typeof result === 'object' && result !== null && 'statusCode' in result

const isStatus = (status: unknown): boolean =>
  Number.isInteger(Number(status)) && Number(status) >= 200 && Number(status) <= 599

const lower = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]))

/** Of the connection, not of the response: the length is that of what is sent, whatever the function says of it. */
const OF_CONNECTION = [
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'trailer',
]

/** Whether HTTP takes such a head. */
const writeHead = (
  response: ServerResponse,
  { statusCode = 200, headers = {}, cookies = [] }: ReplyHead,
): boolean => {
  if (!isStatus(statusCode)) return false
  const own = Object.entries(lower(headers)).filter(([name]) => !OF_CONNECTION.includes(name))
  try {
    response.writeHead(statusCode, {
      ...Object.fromEntries(own),
      ...(cookies.length > 0 && { 'set-cookie': [...cookies] }),
    })
    return true
  } catch {
    // A name or a value with a character that is not allowed.
    return false
  }
}
