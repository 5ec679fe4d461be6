import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** How the stand-in behaves until the next order. */
export type Weather =
  | 'calm'
  | 'refusing'
  | 'not ready'
  | 'opaque'
  | 'denying'
  | 'throttling'
  | 'hanging'
  | 'slow'
  | 'dripping'
  | 'truncating'
  | 'resetting'
  | 'another program'
  | 'failing'
  | 'wrong values'
  | 'killed'
  | 'stopped'

export type Order =
  | { readonly kind: 'rotate'; readonly id: string; readonly value: string }
  | { readonly kind: 'weather'; readonly weather: Exclude<Weather, 'killed' | 'stopped'> }

export interface Seeds {
  readonly port: number
  readonly secrets: Readonly<Record<string, string>>
  readonly parameters: Readonly<Record<string, string>>
}

/** The stand-in's process. It can be killed, and comes back on the same port with the newest values. */
export interface Backend {
  readonly environment: Readonly<Record<string, string>>
  readonly rotate: (id: string, value: string) => Promise<void>
  readonly bring: (weather: Weather) => Promise<void>
  readonly close: () => void
}

export async function startBackend(values: Map<string, string>): Promise<Backend> {
  let weather: Weather = 'calm'
  let { child, environment } = await spawn(0)
  const port = Number(environment['PARAMETERS_SECRETS_EXTENSION_HTTP_PORT'])

  async function spawn(at: number) {
    const script = fileURLToPath(new URL('stand-in.ts', import.meta.url))
    const started = fork(script, { execArgv: ['--conditions=@secrets-cache/source'] })
    const told = once(started, 'message')
    const of = (isParameter: boolean) =>
      Object.fromEntries([...values].filter(([id]) => id.startsWith('/') === isParameter))
    started.send({ port: at, secrets: of(false), parameters: of(true) } satisfies Seeds)
    const [variables] = await told
    return { child: started, environment: variables as Record<string, string> }
  }

  async function order(one: Order): Promise<void> {
    const done = once(child, 'message')
    child.send(one)
    await done
  }

  /** Ends the current weather: the process runs and has no fault. */
  async function recover(): Promise<void> {
    if (weather === 'killed') ({ child } = await spawn(port))
    if (weather === 'stopped') child.kill('SIGCONT')
    await order({ kind: 'weather', weather: 'calm' })
  }

  const close = () => void child.kill('SIGKILL')
  // A stopped process does not notice that its parent has ended.
  process.once('exit', close)

  return {
    environment,
    /** The stand-in itself learns of the rotation only while it is neither killed nor stopped. */
    rotate: async (id, value) => {
      values.set(id, value)
      if (weather !== 'killed' && weather !== 'stopped') await order({ kind: 'rotate', id, value })
    },
    bring: async (next) => {
      await recover()
      weather = next
      if (next === 'killed') await end(child)
      else if (next === 'stopped') child.kill('SIGSTOP')
      else await order({ kind: 'weather', weather: next })
    },
    close,
  }
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
