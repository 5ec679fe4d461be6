import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gone } from '../modules/gone.ts'
import { exited, freeze, functionFlags, thaw, timedOut } from './function-process.ts'
import type { Orders } from './inside/orders.ts'
import { type CacheEvent, TOLD, type Told } from './inside/tell.ts'
import type { Reply } from './reply.ts'
import { type FunctionError, type Outcome, startRuntimeApi } from './runtime-api.ts'

export interface SandboxOptions {
  /** The program of the function's process: bootstrap.ts, or bootstrap.js when built. */
  readonly bootstrap: URL
  readonly folder: string
  readonly file: string
  /** The file was named instead of its folder. */
  readonly isFile: boolean
  readonly exportName: string
  readonly variables: NodeJS.ProcessEnv
  /** Called with each line that the function prints. */
  readonly print: (line: string) => void
  /** Called with each event of secrets-cache in the function. */
  readonly heard?: (event: CacheEvent) => void
}

export interface Timed {
  readonly at: number
  readonly event: CacheEvent
}

export interface Invocation {
  readonly milliseconds: number
  readonly events: readonly Timed[]
  readonly outcome: Outcome
}

export interface Invoke {
  readonly event: unknown
  readonly timeoutMilliseconds: number
  /** Whether what secrets-cache holds in the function is dropped first. */
  readonly forgets: boolean
  /** Gets a streamed response as it comes. */
  readonly reply?: Reply | undefined
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>

/** One execution environment: a process that is initialised once, and frozen whenever it waits for an event. */
export const startSandbox = async (options: SandboxOptions) => {
  const { bootstrap, folder, file, isFile, exportName, variables, print, heard } = options
  const files = new Set<string>()
  let events: Timed[] = []
  let outcome: Outcome | undefined
  let initError: FunctionError | undefined
  let milliseconds = 0
  let isIdle = Promise.withResolvers<void>()
  let isDone = Promise.withResolvers<void>()

  const api = await startRuntimeApi({
    idle: () => {
      freeze(child)
      isIdle.resolve()
    },
    ended: (given) => {
      outcome = given
    },
    initFailed: (error) => {
      initError = error
    },
  })

  const began = performance.now()
  const project = pathToFileURL(join(process.cwd(), 'package.json'))
  const orders: Orders = {
    file,
    exportName,
    task: { folder, isFile },
    sdkPlaces: [project.href, bootstrap.href],
  }
  const flags = functionFlags(variables['NODE_OPTIONS'])
  const child = spawn(process.execPath, [...flags, fileURLToPath(bootstrap), JSON.stringify(orders)], {
    cwd: folder,
    env: { ...variables, AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${api.port}` },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const ended = gone(child)
  const die = () => void child.kill('SIGKILL')
  process.once('exit', die)

  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream as Readable }).on('line', print)
  createInterface({ input: child.stdio[TOLD] as Readable }).on('line', (line) => {
    const told = JSON.parse(line) as Told
    if (told.kind === 'file') files.add(told.file)
    else if (told.kind === 'event') {
      events.push(told)
      heard?.(told.event)
    } else {
      milliseconds = told.milliseconds
      isDone.resolve()
    }
  })

  /** Until it waits for an event, has ended, or `limit` milliseconds are over. */
  const settled = async (limit?: number): Promise<'idle' | 'gone' | 'late'> => {
    const timer = Promise.withResolvers<'late'>()
    const alarm = limit === undefined ? undefined : setTimeout(() => timer.resolve('late'), limit)
    const how = await Promise.race([
      isIdle.promise.then(() => 'idle' as const),
      ended.then(() => 'gone' as const),
      timer.promise,
    ])
    clearTimeout(alarm)
    // Its earlier messages are in the pipes by now; reading them takes two turns of the event loop.
    await turn()
    await turn()
    return how
  }

  const end = async (): Promise<void> => {
    process.off('exit', die)
    die()
    await ended
    await api.stop()
  }

  const invoke = async ({ event, timeoutMilliseconds, forgets, reply }: Invoke): Promise<Invocation> => {
    events = []
    outcome = undefined
    isIdle = Promise.withResolvers()
    isDone = Promise.withResolvers()
    const start = performance.now()
    thaw(child)
    const arn = variables['AWS_LAMBDA_FUNCTION_NAME'] ?? ''
    api.invoke({ event, deadline: Date.now() + timeoutMilliseconds, arn, forgets, reply })
    const how = await settled(timeoutMilliseconds)
    if (how === 'idle') await isDone.promise
    if (how === 'idle' && outcome) return { milliseconds, events, outcome }
    await end()
    const error = how === 'late' ? timedOut(timeoutMilliseconds) : exited(child)
    return { milliseconds: performance.now() - start, events, outcome: { error } }
  }

  const how = await settled()
  const init = {
    milliseconds: performance.now() - began,
    events,
    error: how === 'idle' ? undefined : (initError ?? exited(child)),
  }
  if (init.error) await end()
  events = []

  return {
    init,
    /** The function's own files that were loaded. */
    files: files as ReadonlySet<string>,
    invoke,
    end,
    isGone: () => child.exitCode !== null || child.signalCode !== null,
  }
}
