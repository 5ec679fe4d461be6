import { table } from '@secrets-cache/bench/shared'
import { wrap } from '../../../.ci/command.ts'
import type { ScenarioVerdict } from './column.ts'
import type { Subject } from './scenario.ts'

const nameWidth = 44

/** What became of every scenario, one column for each subject. */
export function verdicts(columns: readonly (readonly ScenarioVerdict[])[]): string {
  const rows = (columns[0] ?? []).map(({ name }, row) => [
    name.length > nameWidth ? `${name.slice(0, nameWidth - 1)}…` : name,
    ...columns.map((column) => cell(column[row])),
  ])
  return table([['fault', ...columns.map((_, index) => `(${index + 1})`)], ...rows])
}

/** The sums of each column, by what is summed. */
export function sums(
  columns: readonly (readonly ScenarioVerdict[])[],
): readonly (readonly [string, ...string[]])[] {
  const groups = [...new Set((columns[0] ?? []).map(({ group }) => group))]
  const ofMet = (column: readonly ScenarioVerdict[], isCounted: (verdict: ScenarioVerdict) => boolean) => {
    const met = column.filter((one) => one.passed !== undefined)
    return `${met.filter(isCounted).length}/${met.length}`
  }
  const survived = (column: readonly ScenarioVerdict[]) => ofMet(column, ({ passed }) => passed === true)
  return [
    ...groups.map((group): [string, ...string[]] => [
      `survived: ${group}`,
      ...columns.map((column) => survived(column.filter((one) => one.group === group))),
    ]),
    ['faults survived', ...columns.map(survived)],
    [
      'faults that gave a value or the token away',
      ...columns.map((column) => ofMet(column, ({ leaks }) => leaks.length > 0)),
    ],
    [
      'promises that rejected unheard',
      ...columns.map((column) => String(column.reduce((all, { unhandled }) => all + unhandled, 0))),
    ],
  ]
}

/** What went wrong, a line each. For ours also what leaked, and rejections that nobody handled. */
export function complaintsOf(subject: string, column: readonly ScenarioVerdict[], isOurs: boolean): string[] {
  return column.flatMap(({ name, passed, why, leaks, unhandled }) => {
    const wrong = [
      passed === false && why,
      isOurs && leaks.length > 0 && `leaks: ${leaks.slice(0, 5).join(', ')}`,
      isOurs && unhandled > 0 && 'a rejection that nobody handled',
    ].filter((what) => typeof what === 'string')
    return wrong.length > 0 ? [`${name} / ${subject}: ${wrong.join('; ')}`] : []
  })
}

/** Who has which column, with its settings. */
export function legend(subjects: readonly Subject[]): string {
  const lines = subjects.map(({ name, settings }, index) => wrap(`(${index + 1}) ${name}: ${settings}`, 4))
  return ['', ...lines, '- means that this fault cannot happen there.'].join('\n')
}

function cell(one: ScenarioVerdict | undefined): string {
  if (one?.passed === undefined) return '-'
  return one.passed ? 'ok' : 'FAIL'
}
