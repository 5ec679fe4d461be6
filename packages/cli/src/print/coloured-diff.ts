import { coloured } from './output.ts'

/** A unified diff, coloured on a terminal. */
export function colouredDiff(diff: string): string {
  return diff
    .split('\n')
    .map((line) => {
      if (line.startsWith('+++') || line.startsWith('---')) return coloured('bold', line)
      if (line.startsWith('+')) return coloured('green', line)
      if (line.startsWith('-')) return coloured('red', line)
      return line.startsWith('@@') ? coloured('dim', line) : line
    })
    .join('\n')
}
