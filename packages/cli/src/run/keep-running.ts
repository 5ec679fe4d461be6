import { createInterface } from 'node:readline'
import { createRotator, type Local, LocalError, type Values } from '@secrets-cache/local/internal'
import { createChanges } from './changes.ts'
import type { createEnvironment } from './environment.ts'
import type { FoundFunction } from './find-function.ts'
import type { EventSource } from './read-event.ts'

export interface KeepRunningOptions {
  readonly environment: ReturnType<typeof createEnvironment>
  readonly found: FoundFunction
  readonly event: EventSource
  readonly valuesFile: string | undefined
  readonly values: Values
  readonly local: Local
  readonly say: (line: string) => void
}

/** Typed before Enter, it empties the caches of the layer and of the function before the invocation. */
const FORGET = 'f'

/** Invokes again at each change and at Enter, until a signal. */
export const keepRunning = async (options: KeepRunningOptions): Promise<void> => {
  const { environment, found, event, valuesFile, values, local, say } = options
  const rotate = valuesFile === undefined ? undefined : createRotator(valuesFile, values, local, say)
  const changes = createChanges()
  const input = createInterface({ input: process.stdin })
  input.on('line', (line) => changes.tell(line.trim() === FORGET ? FORGET : 'Enter'))
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => changes.tell('end'))

  for (;;) {
    changes.add([found.file, ...environment.files()])
    changes.add([valuesFile, event.file].filter((file) => file !== undefined))
    say(`\nwatching; Enter invokes again, ${FORGET} and Enter after forgetting, Ctrl-C ends\n`)
    const changed = await changes.next()
    if (changed === 'end') break
    if (changed === valuesFile) await rotate?.()
    else if (changed === FORGET) environment.forget()
    else if (changed !== event.file && changed !== 'Enter') await environment.end()
    await environment.invoke().catch((error: unknown) => {
      // The event file may be incomplete while an editor writes it. Other errors are bugs of this program.
      if (!(error instanceof LocalError)) throw error
      say(error.message)
    })
  }
  input.close()
  changes.close()
}
