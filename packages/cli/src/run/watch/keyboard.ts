import { emitKeypressEvents } from 'node:readline'
import type { ReadStream } from 'node:tty'
import type { Actions } from './actions.ts'
import type { Change } from './changes.ts'
import { COMMANDS, type Command, commandOf, shownKey } from './commands.ts'
import type { ScreenControls } from './screen.ts'

interface Key {
  readonly name?: string
  readonly ctrl?: boolean
  readonly sequence?: string
}

/** What a person presses to choose one of several. */
const CHOICES = '123456789abcdefghijklmnopqrstuvwxyz'

const HELP = [
  ...Object.entries(COMMANDS).map(([key, { about }]) => `${shownKey(key).padEnd(6)} ${about}`),
  'space  shows the next lines of a report that does not fit',
  'q      ends; Ctrl-C too',
  '',
  'Saving the code is a cold start; saving the values file is a rotation.',
]

/** Reads keys, without Enter, and tells which change is wanted. */
export const readKeys = (
  input: ReadStream,
  screen: ScreenControls,
  actions: Actions,
  tell: (change: Change) => void,
): { readonly close: () => void } => {
  /** What the next key chooses an id for. */
  let asked: Command | undefined
  let isHelp = false

  const choose = (command: Command): void => {
    const ids = actions.ids()
    const [only] = ids
    if (ids.length === 0) screen.instead([`there is nothing to ${command.name}: the account is empty`])
    else if (ids.length === 1) tell({ command: { ...command, id: only } })
    else {
      asked = command
      const shown = ids.slice(0, CHOICES.length).map((id, index) => `${CHOICES[index]}  ${id}`)
      const more = ids.length > CHOICES.length ? ['The others are on the page.'] : []
      screen.instead([`Which one to ${command.name}? Any other key goes back.`, '', ...shown, ...more])
    }
  }

  const press = (_: unknown, { name = '', ctrl = false, sequence = '' }: Key): void => {
    const before = asked
    const wasHelp = isHelp
    asked = undefined
    isHelp = false
    screen.instead(undefined)
    if (ctrl && name === 'c') tell('end')
    else if (before) chosen(before, sequence)
    else if (wasHelp) return
    else if (sequence === '?') {
      isHelp = true
      screen.instead(HELP)
    } else if (name === 'q') tell('end')
    else if (name === 'space') screen.more()
    else command(name === 'return' || name === 'enter' ? '' : sequence)
  }

  const chosen = (command: Command, sequence: string): void => {
    const id = sequence === '' ? undefined : actions.ids()[CHOICES.indexOf(sequence)]
    if (id !== undefined) tell({ command: { ...command, id } })
  }

  const command = (key: string): void => {
    const wanted = commandOf(key)
    if (!wanted) return
    if (actions.needsId(wanted)) choose(wanted)
    else tell({ command: wanted })
  }

  emitKeypressEvents(input)
  input.setRawMode(true)
  input.on('keypress', press)
  input.resume()
  return {
    close: () => {
      input.off('keypress', press)
      input.setRawMode(false)
      input.pause()
    },
  }
}
