import { readFileSync, writeFileSync } from 'node:fs'
import type { Result } from './group.ts'

const file = new URL('../../../docs/support.md', import.meta.url)

/** Writes what was seen into docs/support.md. */
export function writePage(results: readonly Result[]): void {
  const text = readFileSync(file, 'utf8')
  const [begin, end] = ['<!-- matrix -->', '<!-- /matrix -->']
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`docs/support.md has no ${begin} with its ${end}.`)
  writeFileSync(file, `${text.slice(0, from + begin.length)}\n\n${tableOf(results)}\n\n${text.slice(to)}`)
}

/** A row for each group, with all that was tried in it. */
export function tableOf(results: readonly Result[]): string {
  const groups = Map.groupBy(results, ({ group }) => group)
  const rows = [...groups].map(([group, tried]) => [
    group,
    tried.map(({ row, works }) => `${works ? '' : '**fails:** '}${row}`).join('; '),
  ])
  const all = [['in an empty project', 'what works'], ...rows]
  const widths = [0, 1].map((column) => Math.max(...all.map((row) => (row[column] as string).length)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] as number)).join(' | ')} |`
  const [head, ...rest] = all as [string[], ...string[][]]
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest.map(line)].join(
    '\n',
  )
}
