import type { NodePath } from '@babel/traverse'
import type { Node } from '@babel/types'
import { importsOf, mentionsOf } from './imports.ts'
import { removeSpecifiers } from './remove-specifiers.ts'
import type { Source } from './source.ts'

/** Removes the imports that nothing uses any more, and adds those that are needed now. Gives the modules that went. */
export function finishImports(source: Source, isPeer: (module: string) => boolean): readonly string[] {
  const all = importsOf(source, () => true)
  // What others export goes only where nothing that was written needs it.
  const imports = all.filter(({ module, local }) => isPeer(module) || !source.isWritten(local))
  const used = imports.map((imported) => ({ imported, mentions: mentionsOf(source, imported) }))
  const isGone = (mentions: readonly Node[]) => mentions.every((node) => source.isErased(node))
  const changed = new Set(
    used.flatMap(({ imported, mentions }) =>
      mentions.length > 0 && isGone(mentions) ? [imported.statement] : [],
    ),
  )
  // A name beside them that nothing has ever used goes with them.
  const gone = used
    .filter(({ imported, mentions }) => changed.has(imported.statement) && isGone(mentions))
    .filter(({ imported, mentions }) => mentions.length > 0 || isPeer(imported.module))
    .map(({ imported }) => imported)
  const statements = [...new Set(imports.map(({ statement }) => statement))]
  const added = addedText(
    source,
    imports.some(
      ({ module, isRequired, statement }) =>
        isPeer(module) && isRequired && !statement.isTSImportEqualsDeclaration(),
    ),
  )
  let isAdded = added === ''
  for (const statement of statements) {
    const going = gone.filter((each) => each.statement === statement)
    if (going.length === 0) continue
    if (going.length < countOf(statement)) {
      removeSpecifiers(
        source,
        going.map(({ specifier }) => specifier),
      )
      continue
    }
    const { start, end } = wholeLines(source, statement)
    source.replace(start, end, isAdded ? '' : added)
    isAdded = true
  }
  if (!isAdded) source.insert(afterImports(source), added)
  return [...new Set(gone.map(({ module }) => module))].filter(
    (module) => isPeer(module) && !imports.some((each) => each.module === module && !gone.includes(each)),
  )
}

function countOf(statement: NodePath): number {
  const { node } = statement
  if (node.type === 'ImportDeclaration') return node.specifiers.length
  if (node.type !== 'VariableDeclaration') return 1
  return node.declarations.reduce(
    (sum, { id }) => sum + (id.type === 'ObjectPattern' ? id.properties.length : 1),
    0,
  )
}

function addedText(source: Source, isCommonJs: boolean): string {
  const { quote, semicolon, newline } = source.style
  let text = ''
  for (const { module, names } of source.imports.missing) {
    const declaration = isCommonJs ? undefined : source.imports.declarationOf(module)
    const sorted = [...names].sort(([a], [b]) => a.localeCompare(b))
    const list = (separator: string) =>
      sorted.map(([name, local]) => (name === local ? name : `${name}${separator}${local}`)).join(', ')
    if (declaration) source.insert(Number(declaration.specifiers.at(-1)?.end), `, ${list(' as ')}`)
    else if (isCommonJs)
      text += `const { ${list(': ')} } = require(${quote}${module}${quote})${semicolon}${newline}`
    else text += `import { ${list(' as ')} } from ${quote}${module}${quote}${semicolon}${newline}`
  }
  return text
}

/** A statement with the end of its line. */
export function wholeLines(
  source: Source,
  { node }: NodePath,
): { readonly start: number; readonly end: number } {
  const rest = /^[ \t]*\r?\n?/.exec(source.text.slice(Number(node.end)))?.[0] ?? ''
  return { start: Number(node.start), end: Number(node.end) + rest.length }
}

export function afterImports(source: Source): number {
  const body = source.program.get('body')
  const last = body.findLast(
    (statement) => statement.isImportDeclaration() || statement.isTSImportEqualsDeclaration(),
  )
  if (last !== undefined) return wholeLines(source, last).end
  return Number(body[0]?.node.start ?? 0)
}
