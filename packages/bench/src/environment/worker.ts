// One execution environment: loads the handler that HANDLER names, which is INIT, then serves invocations.
import { serveInvocations } from 'example-load-test/load'
import type { Received } from '../handlers/received.ts'
import { replaceDate } from '../shared/replace-date.ts'

/** A message to an environment: invoke the handler, or pretend that seconds have passed. */
export interface EnvironmentMessage {
  readonly passSeconds?: number
}

/** The result of an invocation. */
export interface Invoked extends Received {
  /** Milliseconds until the handler had its values. */
  readonly waited: number
}

type Handler = (event: object, context: object) => Promise<Received>

// Before any module is loaded that reads the clock.
const { now } = Date
let passedMilliseconds = 0
replaceDate(() => now() + passedMilliseconds)
const { handler } = (await import(process.env['HANDLER'] as string)) as { handler: Handler }

serveInvocations(async ({ passSeconds }: EnvironmentMessage, context): Promise<Invoked | undefined> => {
  if (passSeconds !== undefined) {
    passedMilliseconds += passSeconds * 1_000
    return undefined
  }
  const start = performance.now()
  const got = await handler({}, context)
  return { ...got, waited: got.at - start }
})
