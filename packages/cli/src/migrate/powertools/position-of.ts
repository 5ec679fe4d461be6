import type { NodePath } from '@babel/traverse'
import type { Source } from '../source/source.ts'
import type { Asked, Reader } from './wanted.ts'

/** Where a reader is declared: in place of the provider, else before the first statement of the file that uses it. */
export function positionOf(source: Source, { provider }: Reader, asked: readonly Asked[]): number {
  if (provider) return Number(provider.node.start)
  const starts = asked.map(({ call }) => {
    const statement = call.findParent((parent) => parent.parentPath?.isProgram() === true) ?? call
    return startWithComments(source, statement)
  })
  return Math.min(...starts)
}

/** A comment right above a statement belongs to it. */
function startWithComments(source: Source, statement: NodePath): number {
  let start = Number(statement.node.start)
  for (const comment of [...(statement.node.leadingComments ?? [])].reverse()) {
    const between = source.text.slice(Number(comment.end), start)
    if (!/^[ \t]*\r?\n[ \t]*$/.test(between) || isFirst(source, Number(comment.start))) break
    start = Number(comment.start)
  }
  return start
}

/** A comment at the top of a file is about the file. */
const isFirst = (source: Source, position: number): boolean => source.text.slice(0, position).trim() === ''
