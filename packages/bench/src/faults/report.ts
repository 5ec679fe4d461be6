import type { Verdict } from './run-scenario.ts'
import type { Subject } from './scenario.ts'

const nameWidth = 44
const cellWidth = 6

/** The table's title: columns are numbered, for names are longer than columns. */
export function head(subjects: readonly Subject[]): string {
  return line(
    'fault',
    subjects.map((_, index) => `(${index + 1})`),
  )
}

export function row(name: string, verdicts: readonly Verdict[]): string {
  return line(name, verdicts.map(cell))
}

/** How many each passed of those that can happen to it, and how many runs gave a value away. */
export function counts(subjects: readonly Subject[], verdicts: readonly (readonly Verdict[])[]): string {
  const of = (column: number) => verdicts.map((row) => row[column] as Verdict)
  const columns = subjects.map((_, column) => {
    const met = of(column).filter(({ passed }) => passed !== undefined)
    return {
      passed: String(met.filter(({ passed }) => passed).length),
      met: String(met.length),
      leaking: String(met.filter(({ leaks }) => leaks.length > 0).length),
    }
  })
  return [
    line(
      'passed',
      columns.map(({ passed }) => passed),
    ),
    line(
      'of',
      columns.map(({ met }) => met),
    ),
    line(
      'runs after which a value could be read',
      columns.map(({ leaking }) => leaking),
    ),
  ].join('\n')
}

export function legend(subjects: readonly Subject[]): string {
  const lines = subjects.map(({ name, settings }, index) => wrap(`(${index + 1}) ${name}: ${settings}`))
  return ['', ...lines, '- means that this fault cannot happen there.'].join('\n')
}

function cell({ passed }: Verdict): string {
  if (passed === undefined) return '-'
  return passed ? 'ok' : 'FAIL'
}

function line(name: string, cells: readonly string[]): string {
  return [name.slice(0, nameWidth).padEnd(nameWidth), ...cells.map((one) => one.padStart(cellWidth))].join('')
}

/** Lines of at most 80 columns. */
function wrap(text: string): string {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) as string
    if (last.length + word.length < 80) lines[lines.length - 1] = `${last}${last && ' '}${word}`
    else lines.push(`    ${word}`)
  }
  return lines.join('\n')
}
