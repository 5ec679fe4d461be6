import type { NodePath } from '@babel/traverse'
import type { ObjectExpression } from '@babel/types'
import type { Source } from './source.ts'

/** Removes some of the entries of a list, such as properties, with their commas, and with lines that they have alone. */
export function removeEntries(source: Source, entries: readonly NodePath[]): void {
  const isKept = (each: NodePath) => !entries.some(({ node }) => node === each.node)
  for (const entry of entries) {
    const [start, end] = [Number(entry.node.start), Number(entry.node.end)]
    const line = ownLine(source, start, end)
    const before = entry.getAllPrevSiblings() as NodePath[]
    const [previous] = before
    const next = entry.getNextSibling()
    if (line) source.replace(line.start, line.end, '')
    else if (previous && before.some(isKept)) source.replace(Number(previous.node.end), end, '')
    else if (next.node) source.replace(start, Number(next.node.start), '')
    else source.replace(start, end, '')
  }
}

/** The line of an entry that has one of its own, with the comma and the comment after it. */
function ownLine(
  { text }: Source,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const rest = /^\s*?,?[ \t]*(\/\/[^\r\n]*)?(\r?\n|$)/.exec(text.slice(end))
  return rest && /^[ \t]*$/.test(text.slice(lineStart, start))
    ? { start: lineStart, end: end + rest[0].length }
    : undefined
}

/** Adds properties before the first one, each on a line of its own where the first one is. */
export function insertProperties(
  source: Source,
  { node: { start, properties } }: NodePath<ObjectExpression>,
  added: readonly string[],
): void {
  const at = Number(start) + 1
  const first = Number(properties[0]?.start)
  const isOnOwnLine = source.text.slice(at, first).includes('\n')
  const separator = isOnOwnLine ? `${source.style.newline}${source.indentAt(first)}` : ' '
  source.insert(at, added.map((each) => `${separator}${each},`).join(''))
}
