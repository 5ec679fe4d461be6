import { createRotator, type Local, LocalError, type Values } from '@secrets-cache/local/internal'
import type { createEnvironment } from '../environment.ts'
import type { FoundFunction } from '../find-function.ts'
import type { EventSource } from '../read-event.ts'
import type { Actions } from './actions.ts'
import { type Change, createChanges } from './changes.ts'
import type { View } from './view.ts'

export interface KeepRunningOptions {
  readonly environment: ReturnType<typeof createEnvironment>
  readonly actions: Actions
  readonly found: FoundFunction
  /** Undefined where requests invoke the function: a change then counts from the next request on. */
  readonly event: EventSource | undefined
  readonly valuesFile: string | undefined
  readonly values: Values
  readonly local: Local
  readonly view: View
  /** Begins to read what a person wants. */
  readonly read: (actions: Actions, tell: (change: Change) => void) => { readonly close: () => void }
}

/** Invokes again at each change and whenever a person wants it, until the end is told. */
export const keepRunning = async (options: KeepRunningOptions): Promise<void> => {
  const { environment, actions, found, event, valuesFile, values, local, view, read } = options
  const rotate = valuesFile === undefined ? undefined : createRotator(valuesFile, values, local, view.note)
  const changes = createChanges()
  const input = read(actions, changes.tell)
  const end = () => changes.tell('end')
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, end)

  const prepare = async (change: Exclude<Change, 'end'>): Promise<void> => {
    if ('command' in change) {
      const said = await actions.perform(change.command, environment)
      if (said !== undefined) view.note(said)
    } else if (change.file === valuesFile) await rotate?.()
    else if (change.file !== event?.file) await environment.end()
  }

  for (;;) {
    changes.add([found.file, ...environment.files()])
    changes.add([valuesFile, event?.file].filter((file) => file !== undefined))
    view.idle(actions.active())
    const change = await changes.next()
    if (change === 'end') break
    if (event) view.begin()
    await prepare(change)
    if (!event) continue
    try {
      await environment.invoke(event.read())
    } catch (error) {
      // The event file may be incomplete while an editor writes it. Other errors are bugs of this program.
      if (!(error instanceof LocalError)) throw error
      view.say(error.message)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, end)
  input.close()
  changes.close()
}
