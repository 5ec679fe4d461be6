import { type KeepRunningOptions, keepRunning } from '../watch/keep-running.ts'
import { serveHttp } from './serve-http.ts'

interface ServeOptions extends Omit<KeepRunningOptions, 'event'> {
  readonly port: number
  readonly watch: boolean
  /** Gets the address as a line of JSON. */
  readonly told: ((line: string) => void) | undefined
}

/** Serves the function until a signal; with `watch`, what changes counts from the next request on. */
export const serveUntilEnd = async ({ port, watch, told, ...kept }: ServeOptions): Promise<void> => {
  const { environment, view } = kept
  const { url, close } = await serveHttp(port, (event, reply) => environment.invoke(event, reply), view.say)
  told?.(JSON.stringify({ event: 'serving', url }))
  view.head(`serving ${url}${watch ? ', and following its files' : ''}; Ctrl-C ends`)
  try {
    if (watch) await keepRunning({ ...kept, event: undefined, view: { ...view, idle: () => {} } })
    else await untilSignal()
  } finally {
    await close()
  }
}

const untilSignal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve())
  })
