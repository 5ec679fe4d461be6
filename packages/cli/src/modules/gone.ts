import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** How long what a process has written is waited for after its end, in milliseconds. */
const patience = 1_000

/**
 * Resolves when a process has ended and what it wrote has been read. A process that it has started may hold its pipes
 * open for ever: those are closed from here.
 */
export const gone = async (child: ChildProcess): Promise<void> => {
  const closed = once(child, 'close')
  await once(child, 'exit')
  const timer = setTimeout(() => {
    for (const stream of child.stdio) stream?.destroy()
  }, patience)
  await closed
  clearTimeout(timer)
}
