import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Actions } from './actions.ts'
import type { Change } from './changes.ts'
import { readCommandLine } from './commands.ts'

/** Reads commands that end with Enter: `f`, or `r prod/orders/db`. Any other line invokes again. */
export const readLines = (
  input: Readable,
  actions: Actions,
  tell: (change: Change) => void,
  say: (line: string) => void,
): { readonly close: () => void } => {
  const lines = createInterface({ input })
  lines.on('line', (line) => {
    const command = readCommandLine(line) ?? { name: 'again' as const }
    if (!actions.needsId(command)) return tell({ command })
    const ids = actions.ids()
    const id = command.id ?? (ids.length === 1 ? ids[0] : undefined)
    if (id !== undefined && ids.includes(id)) tell({ command: { ...command, id } })
    else say(`${command.name} which one? ${line.trim()[0]} and one of: ${ids.join(', ')}`)
  })
  return lines
}
