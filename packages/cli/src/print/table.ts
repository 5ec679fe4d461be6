import { stripVTControlCharacters } from 'node:util'
import Table from 'cli-table3'
import { wrapCell } from './wrap-cell.ts'

const least = 8
const gap = 2
const noBorders = Object.fromEntries(
  ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right']
    .concat(['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'])
    .map((name) => [name, '']),
)

/** A table without borders, no wider than `width`: the widest columns are wrapped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], width: number): string {
  const columns = widths([head, ...rows], width)
  const table = new Table({
    chars: noBorders,
    style: { 'padding-left': 0, 'padding-right': gap, head: [], border: [], compact: true },
    head: [...head],
    colWidths: columns,
  })
  const wrapped = (cell: string, column: number) => wrapCell(cell, (columns[column] as number) - gap)
  table.push(...rows.map((row) => row.map(wrapped)))
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}

/** The width of each column, with its gap: what it needs, or a share of what is left by the narrow ones. */
function widths(rows: readonly (readonly string[])[], width: number): number[] {
  const wanted = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => stripVTControlCharacters(row[column] ?? '').length + gap), least),
  )
  let over = wanted.reduce((sum, each) => sum + each, 0) - width
  while (over > 0) {
    const widest = Math.max(...wanted)
    if (widest <= least) break
    wanted[wanted.indexOf(widest)] = widest - 1
    over -= 1
  }
  return wanted
}
