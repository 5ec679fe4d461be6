export interface ColumnOptions {
  /** Characters of a line, including the indent. */
  readonly width: number
  readonly indent?: number
  /** The minimum width of each column except the last. */
  readonly least?: readonly number[]
}

/** Formats rows as aligned lines; the last cell of a row wraps within its column. */
export const columns = (
  rows: readonly (readonly string[])[],
  { width, indent = 0, least = [] }: ColumnOptions,
): readonly string[] => {
  const widths = least.slice()
  for (const row of rows)
    for (const [index, cell] of row.slice(0, -1).entries())
      widths[index] = Math.max(widths[index] ?? 0, cell.length)
  return rows.flatMap((row) => {
    const heads = row.slice(0, -1).map((cell, index) => cell.padEnd(widths[index] ?? 0))
    const head = ' '.repeat(indent) + heads.map((cell) => `${cell}  `).join('')
    const [first = '', ...more] = wrapped(row.at(-1) ?? '', width - head.length)
    return [(head + first).trimEnd(), ...more.map((line) => ' '.repeat(head.length) + line)]
  })
}

/** Breaks text at spaces into lines of at most `width`. A longer word stays whole, because it may be a name to copy. */
export const wrapped = (text: string, width: number): readonly string[] => {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
