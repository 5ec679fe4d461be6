import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startRuntimeApi } from '@secrets-cache/bench/shared'

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
  const api = await startRuntimeApi()
  const file = fileURLToPath(new URL('function.ts', import.meta.url))
  const argv = ['--conditions=@secrets-cache/source', file, source, JSON.stringify(options)]
  const child = spawn(process.execPath, argv, {
    stdio: ['ignore', 'inherit', 'inherit'],
    // Only the path of this process's variables: Jest's own make undici behave differently.
    env: {
      PATH: process.env['PATH'],
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_LAMBDA_RUNTIME_API: api.address,
      ...variables,
    },
  })
  running.add(child)
  const exited = once(child, 'exit').then(async ([code]) => {
    running.delete(child)
    await api[Symbol.asyncDispose]()
    return code as number | null
  })

  return {
    async invoke(remaining = 60_000): Promise<Answer> {
      return (await api.invoke(remaining)).response as Answer
    },
    /** Lambda's freeze. Resolves once the process stands still. */
    async freeze(): Promise<void> {
      child.kill('SIGSTOP')
      while (stateOf(child) !== 'T') await setImmediate()
    },
    thaw: () => void child.kill('SIGCONT'),
    /** No further invocation; gives the exit code once the process has ended by itself. */
    shutDown(): Promise<number | null> {
      api.shutDown()
      return exited
    },
  }
}

/** The state of a process as Linux tells it: T is stopped. */
function stateOf({ pid }: ChildProcess): string | undefined {
  return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]
}
