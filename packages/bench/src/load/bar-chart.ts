/** One bar. */
interface Bar {
  readonly label: string
  readonly value: number
  /** A second number beside it: what somebody else measured. */
  readonly compared?: number
}

const width = 720
const left = 270
const rowHeight = 34
const top = 56

/** Bars that lie, on a logarithmic scale, as an SVG file's text. */
export function barChart({ title, unit, bars }: { title: string; unit: string; bars: readonly Bar[] }) {
  const most = Math.max(10, ...bars.flatMap(({ value, compared = 1 }) => [value, compared]))
  const x = (value: number) => (Math.log10(Math.max(1, value)) / Math.log10(most)) * (width - left - 110)
  const height = top + bars.length * rowHeight + 24
  const rows = bars.map(({ label, value, compared }, index) => {
    const y = top + index * rowHeight
    const mark =
      compared === undefined
        ? ''
        : `<line x1="${left + x(compared)}" y1="${y - 3}" x2="${left + x(compared)}" y2="${y + 21}" stroke="#c2410c" stroke-width="3"><title>${compared}</title></line>`
    return [
      `<text x="${left - 12}" y="${y + 14}" text-anchor="end">${escaped(label)}</text>`,
      `<rect x="${left}" y="${y}" width="${Math.max(1, x(value)).toFixed(1)}" height="18" fill="#2563eb"/>`,
      mark,
      `<text x="${left + Math.max(x(value), x(compared ?? 1)) + 8}" y="${y + 14}">${value}</text>`,
    ].join('')
  })
  const note = bars.some(({ compared }) => compared !== undefined) ? '; the line is the article’s number' : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13">
<rect width="100%" height="100%" fill="white"/>
<text x="16" y="24" font-size="16" font-weight="600">${escaped(title)}</text>
<text x="16" y="42" fill="#555">${escaped(unit)}, logarithmic scale${note}</text>
${rows.join('\n')}
</svg>
`
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
