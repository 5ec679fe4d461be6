import type { NodePath } from '@babel/traverse'
import type { ObjectExpression } from '@babel/types'
import type { Source } from './source.ts'

/** Removes one property with its comma, and with its line where it has one of its own. */
export function removeProperty(source: Source, property: NodePath): void {
  const { text } = source
  const [start, end] = [Number(property.node.start), Number(property.node.end)]
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const rest = /^\s*?,?[ \t]*(\/\/[^\r\n]*)?(\r?\n|$)/.exec(text.slice(end))
  const after = /^\s*,\s*/.exec(text.slice(end))
  const before = /,\s*$/.exec(text.slice(0, start))
  if (rest && /^[ \t]*$/.test(text.slice(lineStart, start)))
    source.replace(lineStart, end + rest[0].length, '')
  else if (after) source.replace(start, end + after[0].length, '')
  else source.replace(start - (before?.[0].length ?? 0), end, '')
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
