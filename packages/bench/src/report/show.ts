import { table } from '../shared/table.ts'
import { digits } from './format.ts'
import { type Goal, isReached, type Report } from './report.ts'

/** A report as text for a terminal. */
export function show({ bench, about, tables, goals }: Report): string {
  const parts = tables.map(({ title, columns, rows }) => `${title}\n\n${table([columns, ...rows])}`)
  const reached = goals.length === 0 ? [] : [`Goals\n\n${table(goals.map(goalRow))}`]
  return [`${bench}: ${about}`, ...parts, ...reached].join('\n\n')
}

function goalRow(goal: Goal): readonly string[] {
  const { name, measured, most, least } = goal
  const wanted = most === undefined ? `at least ${digits(least as number)}` : `at most ${digits(most)}`
  return [isReached(goal) ? 'reached' : 'MISSED', digits(measured), wanted, name]
}
