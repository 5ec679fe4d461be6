import type { Graph } from './graph.ts'

const row = 28
const boxHeight = 20
const characterWidth = 7.3
const between = 160

/** The graph as an SVG of two columns: functions to the left, what they use to the right. */
export function svg({ nodes }: Graph): string {
  const functions = [...new Set(nodes.flatMap(({ users }) => users.map((user) => user.function)))].sort()
  const widthOf = (texts: readonly string[]) =>
    Math.max(0, ...texts.map((text) => text.length)) * characterWidth + 16
  const left = widthOf(functions)
  const right = widthOf(nodes.map(({ id }) => id))
  const start = left + between
  const height = Math.max(functions.length, nodes.length) * row + 16
  const middle = (index: number) => index * row + 8 + boxHeight / 2
  const lines = nodes.flatMap(({ users }, index) =>
    [...new Set(users.map((user) => user.function))].map((name) => {
      const [from, to] = [middle(functions.indexOf(name)), middle(index)]
      const bend = left + between / 2
      return `<path d="M${left} ${from}C${bend} ${from} ${bend} ${to} ${start} ${to}"/>`
    }),
  )
  const box = (text: string, x: number, width: number, index: number, radius: number) =>
    `<rect x="${x}" y="${middle(index) - boxHeight / 2}" width="${width}" height="${boxHeight}" rx="${radius}"/>` +
    `<text x="${x + 8}" y="${middle(index) + 4}">${escaped(text)}</text>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${start + right}" height="${height}" font-family="monospace" font-size="12">`,
    '<title>Which function uses which secret or parameter</title>',
    '<style>path{fill:none;stroke:#888}rect{fill:#eef;stroke:#557}text{fill:#111}</style>',
    ...lines,
    ...functions.map((name, index) => box(name, 0, left, index, 2)),
    ...nodes.map(({ id, kind }, index) => box(id, start, right, index, kind === 'secret' ? 10 : 2)),
    '</svg>',
  ].join('\n')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
