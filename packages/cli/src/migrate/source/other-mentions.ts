import type { Source } from './source.ts'

/** Tells where a package is named other than by an import at the top: a mock, an import at run time, an export. */
export function tellOtherMentions(source: Source, isPeer: (module: string) => boolean): void {
  const tell = (module: string, node: Parameters<Source['stays']>[0], how: string) =>
    source.stays(node, `${module} is ${how} here.`)
  source.program.traverse({
    ExportNamedDeclaration({ node }) {
      if (node.source && isPeer(node.source.value)) tell(node.source.value, node, 'exported')
    },
    ExportAllDeclaration({ node }) {
      if (isPeer(node.source.value)) tell(node.source.value, node, 'exported')
    },
    ImportExpression({ node }) {
      if (node.source.type === 'StringLiteral' && isPeer(node.source.value))
        tell(node.source.value, node, 'imported at run time')
    },
    CallExpression({ node, parent }) {
      const [first] = node.arguments
      if (first?.type !== 'StringLiteral' || !isPeer(first.value)) return
      const isRequire = node.callee.type === 'Identifier' && node.callee.name === 'require'
      if (!isRequire) tell(first.value, node, 'given to a function, such as a mock,')
      else if (!/^(VariableDeclarator|MemberExpression)$/.test(parent.type))
        tell(first.value, node, 'required inside of an expression')
    },
  })
}
