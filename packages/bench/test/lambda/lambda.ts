import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** What the handler answered. */
export interface Answer {
  readonly db?: string
  readonly code?: string
}

const running = new Set<ChildProcess>()

/** Ends what a test has left running. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** A Lambda environment: the Runtime API, and the function's process, which can be frozen. */
export async function startLambda(
  source: string,
  options: object,
  variables: Readonly<Record<string, string>>,
) {
  const invocations: { readonly remaining: number }[] = []
  const answers = new Map<string, (answer: Answer) => void>()
  let waiting: ServerResponse | undefined
  let count = 0
  let isOver = false

  const api = createServer(async (request, response) => {
    const [, id = ''] = /invocation\/(\w+)\/response/.exec(request.url ?? '') ?? []
    if (id === '') {
      waiting = response
      return hand()
    }
    const answer = JSON.parse(await text(request)) as Answer
    response.writeHead(202).end()
    answers.get(id)?.(answer)
  }).listen(0, '127.0.0.1')
  await once(api, 'listening')

  /** Gives the function, if it asks, what there is. */
  function hand(): void {
    const one = invocations[0]
    if (!waiting || (!one && !isOver)) return
    const response = waiting
    waiting = undefined
    if (!one) return void response.writeHead(410).end()
    invocations.shift()
    response
      .writeHead(200, {
        'lambda-runtime-aws-request-id': String(count),
        'lambda-runtime-deadline-ms': String(Date.now() + one.remaining),
      })
      .end('{}')
  }

  const { port } = api.address() as AddressInfo
  const file = fileURLToPath(new URL('function.ts', import.meta.url))
  const child = spawn(
    process.execPath,
    ['--conditions=@secrets-cache/source', file, source, JSON.stringify(options)],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      // Of this process nothing but the path: Jest's own variables make undici take another way.
      env: {
        PATH: process.env['PATH'],
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
        ...variables,
      },
    },
  )
  running.add(child)
  const exited = once(child, 'exit').then(([code]) => {
    running.delete(child)
    api.closeAllConnections()
    api.close()
    return code as number | null
  })

  return {
    invoke(remaining = 60_000): Promise<Answer> {
      const { promise, resolve } = Promise.withResolvers<Answer>()
      answers.set(String(++count), resolve)
      invocations.push({ remaining })
      hand()
      return promise
    },
    /** Lambda's freeze. Resolves once the process stands still. */
    async freeze(): Promise<void> {
      child.kill('SIGSTOP')
      while (stateOf(child) !== 'T') await setImmediate()
    },
    thaw: () => void child.kill('SIGCONT'),
    /** No further invocation; gives the exit code once the process has ended by itself. */
    shutDown(): Promise<number | null> {
      isOver = true
      hand()
      return exited
    },
  }
}

export type Lambda = Awaited<ReturnType<typeof startLambda>>

/** The state of a process as Linux tells it: T is stopped. */
function stateOf({ pid }: ChildProcess): string | undefined {
  return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]
}
