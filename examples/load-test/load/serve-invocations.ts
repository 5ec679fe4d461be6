import { performance } from 'node:perf_hooks'
import { parentPort } from 'node:worker_threads'

export interface Answer {
  readonly id: number
  readonly result?: unknown
  readonly error?: { readonly name: string; readonly message: string }
}

/** A handler's context as far as the load gives it one. */
interface Time {
  readonly getRemainingTimeInMillis: () => number
}

/** Runs a handler for each message, in a thread of `workerEnvironment`. */
export function serveInvocations<Context extends Time>(
  handler: (event: never, context: Context) => unknown,
  { timeoutMilliseconds = 10_000 } = {},
): void {
  if (!parentPort) throw new Error('serveInvocations runs in a thread of workerEnvironment.')
  const port = parentPort
  const answer = (message: Answer) => port.postMessage(message)
  port.on('message', async ({ id, event }: { id: number; event: unknown }) => {
    const deadline = performance.now() + timeoutMilliseconds
    const context: Time = { getRemainingTimeInMillis: () => deadline - performance.now() }
    try {
      answer({ id, result: await handler(event as never, context as Context) })
    } catch (error) {
      const { name, message } = error as Error
      answer({ id, error: { name, message } })
    }
  })
  port.postMessage('ready')
}
