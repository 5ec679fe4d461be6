import type { NodePath } from '@babel/traverse'
import { wholeLines } from './finish-imports.ts'
import type { Source } from './source.ts'

/** Removes the constants, interfaces and aliases whose last use is gone. */
export function dropUnused(source: Source): void {
  for (const { path, referencePaths } of source.spent) {
    const statement = path.parentPath
    const isAlone = statement?.isVariableDeclaration() && statement.node.declarations.length === 1
    const isInList = statement?.parentPath?.isProgram() || statement?.parentPath?.isBlockStatement()
    if (!isAlone || !isInList) continue
    if (referencePaths.every(({ node }) => source.isErased(node))) drop(source, statement)
  }
  for (const name of source.types.dropped) {
    const statement = source.program.get('body').find((each) => isDeclarationOf(each, name))
    if (!statement || isUsed(source, name, statement)) continue
    drop(source, statement)
  }
}

function drop(source: Source, statement: NodePath): void {
  const { start: first, end } = wholeLines(source, statement)
  const start = first - (/(?<=^|\n)[ \t]*$/.exec(source.text.slice(0, first))?.[0].length ?? 0)
  const blank = /^[ \t]*\r?\n/.exec(source.text.slice(end))?.[0].length ?? 0
  source.replace(start, end + blank, '')
}

/** Only what is not exported. */
function isDeclarationOf(statement: NodePath, name: string): boolean {
  return (
    (statement.isTSInterfaceDeclaration() || statement.isTSTypeAliasDeclaration()) &&
    statement.node.id.name === name
  )
}

function isUsed(source: Source, name: string, statement: NodePath): boolean {
  if (source.types.written.some((text) => new RegExp(`\\b${name}\\b`).test(text))) return true
  let found = false
  source.program.traverse({
    Identifier(path) {
      if (path.node.name !== name || path.isDescendant(statement) || source.isErased(path.node)) return
      found = true
      path.stop()
    },
  })
  return found
}
