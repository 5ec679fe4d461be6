import type { WriteStream } from 'node:tty'
import { stripVTControlCharacters, styleText } from 'node:util'
import { COMMANDS, shownKey } from './commands.ts'
import { pageLength, type ScreenState, screenLines } from './screen-lines.ts'
import type { View } from './view.ts'

/** What is kept of what a function prints. */
const MOST_LOGS = 100

/** The other screen of the terminal, without a cursor, where long lines are cut: and back to how it was. */
const ENTER = '\u001B[?1049h\u001B[?25l\u001B[?7l'
const LEAVE = '\u001B[?7h\u001B[?25h\u001B[?1049l'
const [HOME, REST_OF_LINE, REST_OF_SCREEN] = ['\u001B[H', '\u001B[K', '\u001B[J']

/** `Enter again  c cold ...`. */
export const KEYS = [
  ...Object.entries(COMMANDS).map(([key, { name }]) => `${shownKey(key)} ${name}`),
  '? help',
  'q quit',
].join('  ')

/** Shows `run --watch` on one screen of a terminal, drawn anew with each change. */
export const createScreen = (output: WriteStream): View & ScreenControls => {
  let state: ScreenState = {
    head: [],
    report: [],
    logs: [],
    notes: [],
    instead: undefined,
    keys: KEYS,
    from: 0,
  }
  let isDue = false

  const draw = (): void => {
    const lines = screenLines(state, output.columns, output.rows).map(({ text, style }) =>
      style ? styleText(style, text, { stream: output }) : text,
    )
    // One write, over what is there: the screen does not flicker.
    output.write(HOME + lines.map((line) => line + REST_OF_LINE).join('\r\n') + REST_OF_SCREEN)
    isDue = false
  }

  /** Many changes of one moment are drawn once. */
  const show = (change: Partial<ScreenState>): void => {
    state = { ...state, ...change }
    if (isDue) return
    isDue = true
    setImmediate(() => {
      if (isDue) draw()
    })
  }

  const note = (line: string): void => show({ notes: [...state.notes, line] })
  const leave = (): void => void output.write(LEAVE)
  output.write(ENTER)
  output.on('resize', draw)
  // After a mistake of this program too.
  process.once('exit', leave)

  return {
    head: (line) => show({ head: [...state.head, line] }),
    say: (line) => show({ report: [...state.report, printable(line)] }),
    log: (line) => show({ logs: [...state.logs, printable(line)].slice(-MOST_LOGS) }),
    note,
    warn: note,
    begin: () => show({ report: [], logs: [], notes: [], from: 0, keys: 'running', instead: undefined }),
    idle: (active) =>
      show({ keys: KEYS, notes: [...state.notes, ...(active === undefined ? [] : [active])] }),
    instead: (lines) => show({ instead: lines }),
    more: () => show({ from: state.from + pageLength(state, output.columns, output.rows) }),
    close: () => {
      isDue = false
      output.off('resize', draw)
      process.off('exit', leave)
      leave()
      // What was last seen stays, on the terminal's own screen.
      for (const line of [...state.head, '', ...state.report]) output.write(`${line}\n`)
    },
  }
}

export interface ScreenControls {
  /** Shows these lines in place of the report, or the report again. */
  readonly instead: (lines: readonly string[] | undefined) => void
  /** Shows the next lines of a report that does not fit. */
  readonly more: () => void
}

/** A function may print what would move the cursor. */
const printable = (line: string): string =>
  stripVTControlCharacters(line)
    .replaceAll('\t', '  ')
    .replaceAll(/\p{Cc}/gu, '')
