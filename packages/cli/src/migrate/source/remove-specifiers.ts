import type { NodePath } from '@babel/traverse'
import { removeEntries } from './object-edits.ts'
import type { Source } from './source.ts'

const isDefault = ({ node }: NodePath): boolean => node.type === 'ImportDefaultSpecifier'

/** Removes some of the names of an import. The default one stands outside of the braces. */
export function removeSpecifiers(source: Source, specifiers: readonly NodePath[]): void {
  for (const { node } of specifiers.filter(isDefault)) {
    const comma = /^\s*,\s*/.exec(source.text.slice(Number(node.end)))?.[0].length ?? 0
    source.replace(Number(node.start), Number(node.end) + comma, '')
  }
  const named = specifiers.filter((path) => !isDefault(path))
  const [first] = named
  if (!first) return
  const siblings = [...first.getAllPrevSiblings(), ...first.getAllNextSiblings()] as NodePath[]
  const beside = siblings.find(isDefault)
  if (beside && siblings.length === named.length) {
    // `import ssm, { ssmParam } from` loses its braces.
    const close = source.text.indexOf('}', Number(first.node.end)) + 1
    source.replace(Number(beside.node.end), close, '')
  } else removeEntries(source, named)
}
