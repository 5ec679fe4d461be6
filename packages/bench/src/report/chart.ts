import { digits } from './format.ts'
import type { Chart } from './report.ts'

const width = 720
const left = 230
const right = 90
const rowHeight = 30
const top = 58

/** Horizontal bars as an SVG file's text. Its colours follow the reader's light or dark theme. */
export function chartOf({ title, unit, bars }: Chart): string {
  const most = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE)
  const rows = bars.map(({ label, value, isOurs }, index) => {
    const y = top + index * rowHeight
    const length = Math.max(1, (value / most) * (width - left - right))
    return [
      `<text x="${left - 10}" y="${y + 14}" text-anchor="end">${escaped(label)}</text>`,
      `<rect class="${isOurs ? 'ours' : 'other'}" x="${left}" y="${y}" width="${length.toFixed(1)}" height="18" rx="2"/>`,
      `<text x="${(left + length + 8).toFixed(1)}" y="${y + 14}">${digits(value)}</text>`,
    ].join('')
  })
  const height = top + bars.length * rowHeight + 10
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}" font-family="system-ui, sans-serif" font-size="13">
<style>
text { fill: #1f2328 } .unit { fill: #59636e } .ours { fill: #1f6feb } .other { fill: #9198a1 }
@media (prefers-color-scheme: dark) { text { fill: #f0f6fc } .unit { fill: #9198a1 } .ours { fill: #4493f8 } .other { fill: #656c76 } }
</style>
<text x="16" y="22" font-size="15" font-weight="600">${escaped(title)}</text>
<text x="16" y="42" class="unit">${escaped(unit)}</text>
${rows.join('\n')}
</svg>
`
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
