import { type ForkOptions, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A process that answers each message with one of its own, and ends when it is disposed of. */
export interface AnsweringProcess<Request, Answer> extends AsyncDisposable {
  readonly ask: (request: Request) => Promise<Answer>
}

export function startAnswering<Request, Answer>(
  script: URL,
  options: ForkOptions = {},
): AnsweringProcess<Request, Answer> {
  const child = fork(fileURLToPath(script), options)
  const ended = once(child, 'exit')
  const early = ended.then(([code]) => {
    throw new Error(`${script.pathname} ended with ${code} before it had answered.`)
  })
  early.catch(() => {})
  return {
    async ask(request) {
      child.send(request as object)
      const [answer] = await Promise.race([once(child, 'message'), early])
      return answer as Answer
    },
    async [Symbol.asyncDispose]() {
      child.disconnect()
      await ended
    },
  }
}
