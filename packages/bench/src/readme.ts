import { readFileSync, writeFileSync } from 'node:fs'

const file = new URL('../../../README.md', import.meta.url)

/** What stands in the README between the marks of this name. */
export function readReadme(name: string): string {
  const text = readFileSync(file, 'utf8')
  const { from, to } = marksOf(text, name)
  return text.slice(from, to).trim()
}

/** Puts a text between the marks of this name; the rest stays as it is. */
export function writeReadme(name: string, content: string): void {
  const text = readFileSync(file, 'utf8')
  const { from, to } = marksOf(text, name)
  writeFileSync(file, `${text.slice(0, from)}\n\n${content}\n\n${text.slice(to)}`)
}

/** A table of Markdown, its columns as wide as what stands in them; the first row is its head. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(3, ...rows.map((row) => row[at]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}

function marksOf(text: string, name: string) {
  const begin = `<!-- ${name} -->`
  const from = text.indexOf(begin) + begin.length
  const to = text.indexOf(`<!-- /${name} -->`, from)
  if (from < begin.length || to === -1) throw new Error(`README.md has no ${begin} with its end`)
  return { from, to }
}
