import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { LocalError, listenOn, readBody, requestOf, stopServer } from '@secrets-cache/local/internal'
import { httpEvent } from '../events/http-event.ts'
import type { Reply } from '../reply.ts'
import type { Outcome } from '../runtime-api.ts'
import { refusalOf } from './guard.ts'
import { replyInto, writeOutcome } from './response.ts'

/** Invokes the function with an event; a streamed response goes to `reply`. */
export type Invoke = (event: object, reply: Reply) => Promise<Outcome>

/** What Lambda takes of a request at most, in bytes. */
const MOST_BYTES = 6_291_456

/**
 * Serves a function on 127.0.0.1 as a Function URL would. One environment answers one request at a time, as on Lambda;
 * Lambda would start another for the next, here it waits.
 */
export const serveHttp = async (wanted: number, invoke: Invoke, say: (line: string) => void) => {
  let before: Promise<unknown> = Promise.resolve()

  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = refusalOf(message)
    if (refusal !== undefined) return end(response, 403, refusal)
    const body = await readBody(message, MOST_BYTES)
    if (!body)
      return end(response, 413, `The body has more than ${MOST_BYTES} bytes, which Lambda does not take.`)
    const request = requestOf(message, 1)
    const event = httpEvent({ ...request, body })
    const turn = before.then(async () => {
      say(`${request.method} ${request.path}`)
      const outcome = await invoke(event, replyInto(response))
      if (!response.headersSent) writeOutcome(response, outcome)
      // A response that has begun cannot become an error; a client sees that its end is missing.
      else if ('error' in outcome) response.destroy()
      else response.end()
    })
    before = turn.catch(() => {})
    await turn
  }

  const server = createServer((message, response) => {
    answer(message, response).catch((error: unknown) => {
      say(`secrets-cache run failed: ${error instanceof Error ? error.message : error}`)
      response.destroy()
    })
  })
  const port = await listenOn(server, wanted).catch((error: Error) => {
    throw startFailure(error, wanted)
  })

  return { url: `http://127.0.0.1:${port}/`, close: (): Promise<void> => stopServer(server) }
}

const end = (response: ServerResponse, status: number, text: string): void =>
  void response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end(text)

const startFailure = (error: Error, port: number): Error => {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return new LocalError(
      'PORT_TAKEN',
      `--http ${port}: the port is taken; choose another, or 0 for any free one.`,
    )
  if (code === 'EACCES')
    return new LocalError(
      'PORT_TAKEN',
      `--http ${port}: this user may not listen there; choose one from 1024.`,
    )
  return error
}
