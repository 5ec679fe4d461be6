// One execution environment: loads the handler that HANDLER names, which is INIT, then serves invocations.
import type { Received } from '../handlers/received.ts'
import { serveInvocations } from '../load/serve-invocations.ts'
import { stepDate } from './stepped-date.ts'

/** What an environment is told: to invoke its handler, or that seconds have passed. */
export interface Told {
  readonly passSeconds?: number
}

/** What an invocation came to. */
export interface Invoked extends Received {
  /** Milliseconds until the handler had its values. */
  readonly waited: number
}

type Handler = (event: object, context: object) => Promise<Received>

// Before anything that looks at the clock is loaded.
const step = stepDate()
const { handler } = (await import(process.env['HANDLER'] as string)) as { handler: Handler }

serveInvocations(async ({ passSeconds }: Told, context): Promise<Invoked | undefined> => {
  if (passSeconds !== undefined) {
    step(passSeconds * 1_000)
    return undefined
  }
  const start = performance.now()
  const got = await handler({}, context)
  return { ...got, waited: got.at - start }
})
