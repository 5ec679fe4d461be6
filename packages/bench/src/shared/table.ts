type Rows = readonly (readonly (string | number)[])[]

/** Rows as columns of text, the first row being the title; numbers stand to the right. */
export function table(rows: Rows): string {
  return aligned(rows)
    .map((cells) => cells.join('  ').trimEnd())
    .join('\n')
}

/** The same as Markdown. */
export function markdownTable(rows: Rows): string {
  const [head = [], ...body] = aligned(rows, 3)
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((cell) => '-'.repeat(cell.length))), ...body.map(line)].join('\n')
}

/** Every cell as wide as the widest of its column. */
function aligned(rows: Rows, least = 0): readonly (readonly string[])[] {
  const columns = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(least, ...rows.map((row) => String(row[column] ?? '').length)),
  )
  return rows.map((row) =>
    widths.map((width, column) => {
      const cell = row[column] ?? ''
      return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width)
    }),
  )
}
