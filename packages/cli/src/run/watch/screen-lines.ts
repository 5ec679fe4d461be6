import { wrapped } from '@secrets-cache/local/internal'

/** What the screen of `run --watch` shows. */
export interface ScreenState {
  /** The function and its values, and the address of the page. */
  readonly head: readonly string[]
  readonly report: readonly string[]
  /** What the function printed. */
  readonly logs: readonly string[]
  /** What has changed since the invocation before, and the faults that are on. */
  readonly notes: readonly string[]
  /** Shown in place of the report: the help, or what there is to choose from. */
  readonly instead: readonly string[] | undefined
  /** The line at the bottom. */
  readonly keys: string
  /** From which of the report's lines on it is shown. */
  readonly from: number
}

export interface ScreenLine {
  readonly text: string
  readonly style?: 'bold' | 'dim'
}

/** The latest lines of the function that are shown, at most. */
const MOST_LOGS = 4

/** The lines of the screen: never more than its rows, none wider than its columns. */
export const screenLines = (state: ScreenState, columns: number, rows: number): readonly ScreenLine[] => {
  const { report, instead, from } = state
  const { top, below, free } = layout(state, columns, rows)
  const middle = partOf(instead ?? report, instead ? 0 : from, free).map((text) => ({ text }))
  const space = Array.from({ length: Math.max(0, free - middle.length) }, () => ({ text: '' }))
  return [...top, ...middle, ...space, ...below]
    .slice(-rows)
    .map((line) => ({ ...line, text: cut(line.text, columns) }))
}

/** By how many lines `space` goes on: the last row says where one is. */
export const pageLength = (state: ScreenState, columns: number, rows: number): number =>
  Math.max(1, layout(state, columns, rows).free - 1)

/** What stands above and below the report, and how many rows that leaves. */
const layout = ({ head, logs, notes, instead, keys }: ScreenState, columns: number, rows: number) => {
  const top: ScreenLine[] = [...head.map((text, index) => ({ text, ...(index === 0 && bold) })), { text: '' }]
  const shownLogs = instead ? [] : logs.slice(-MOST_LOGS)
  const below: ScreenLine[] = [
    ...shownLogs.map((text) => ({ text: `    | ${text}`, ...dim })),
    ...(instead ? [] : notes).flatMap((note) => wrapped(note, columns)).map((text) => ({ text })),
    { text: '' },
    { text: keys, ...dim },
  ]
  return { top, below, free: Math.max(1, rows - top.length - below.length) }
}

const bold = { style: 'bold' } as const
const dim = { style: 'dim' } as const

/** As many lines as fit; the last says how many there are where that is not all. */
const partOf = (lines: readonly string[], from: number, free: number): readonly string[] => {
  if (lines.length <= free) return lines
  const first = from % lines.length
  const part = lines.slice(first, first + free - 1)
  return [...part, `lines ${first + 1} to ${first + part.length} of ${lines.length}; space shows more`]
}

const cut = (text: string, columns: number): string =>
  text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`
