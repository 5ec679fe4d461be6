import type { NodePath } from '@babel/traverse'
import type { Expression, Node } from '@babel/types'

/** The expression inside of parentheses and of type assertions. */
export function bare(node: Node): Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      return bare(node.expression)
    default:
      return node
  }
}

/** A number that is written out, such as `5 * 60 * 1_000`, also through a constant of the file. */
export function staticNumber(path: NodePath): number | undefined {
  const node = bare(path.node)
  const inner = at(path, node)
  if (node.type === 'NumericLiteral') return node.value
  if (node.type === 'UnaryExpression' && node.operator === '-') {
    const value = staticNumber(inner.get('argument') as NodePath)
    return value === undefined ? undefined : -value
  }
  if (node.type === 'BinaryExpression') {
    const [left, right] = ['left', 'right'].map((side) => staticNumber(inner.get(side) as NodePath))
    if (left === undefined || right === undefined) return undefined
    return { '*': left * right, '+': left + right, '-': left - right, '/': left / right }[
      node.operator as '*'
    ]
  }
  const initial = constantOf(inner)
  return initial === undefined ? undefined : staticNumber(initial)
}

/** A text that is written out, also through a constant of the file. */
export function staticText(path: NodePath): string | undefined {
  const node = bare(path.node)
  if (node.type === 'StringLiteral') return node.value
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined
  const initial = constantOf(at(path, node))
  return initial === undefined ? undefined : staticText(initial)
}

/** What a text certainly ends with. */
export function staticEnd(path: NodePath): string | undefined {
  const node = bare(path.node)
  if (node.type === 'TemplateLiteral') return node.quasis.at(-1)?.value.cooked ?? ''
  if (node.type === 'BinaryExpression' && node.operator === '+')
    return staticEnd(at(path, node).get('right') as NodePath)
  return staticText(path)
}

export function staticBoolean({ node }: NodePath): boolean | undefined {
  const inner = bare(node)
  return inner.type === 'BooleanLiteral' ? inner.value : undefined
}

/** The initial value of a constant that an identifier names. */
export function constantOf(path: NodePath): NodePath<Expression> | undefined {
  if (!path.isIdentifier()) return undefined
  const binding = path.scope.getBinding(path.node.name)
  if (binding?.kind !== 'const' || !binding.path.isVariableDeclarator()) return undefined
  const init = binding.path.get('init')
  return binding.path.get('id').isIdentifier() && init.node ? (init as NodePath<Expression>) : undefined
}

/** The path of a node that is at most wrapped. */
export function at(path: NodePath, node: Node): NodePath {
  let each = path
  while (each.node !== node) each = each.get('expression') as NodePath
  return each
}
