import type { Binding, NodePath } from '@babel/traverse'
import type { CallExpression, TSType } from '@babel/types'
import { bare } from '../source/static-values.ts'

const methods = ['use', 'before', 'after', 'onError', 'handler']

/** One call of a chain, such as `.use(...)`. */
export interface ChainCall {
  readonly call: NodePath<CallExpression>
  readonly method: string
}

/** All calls of the chain that a call is in, and of those on the constant that it is bound to. */
export function callsAround(use: NodePath<CallExpression>): readonly ChainCall[] {
  const binding = variableOf(use)
  const others = (binding?.referencePaths ?? []).flatMap((reference) => callsAbove(reference))
  const start = startOf(use)
  const own = callsAbove(start)
  return [...own, ...others.filter(({ call }) => !own.some((each) => each.call.node === call.node))]
}

/** What the chain of a call begins with: `middy()`, or a name. */
export function startOf(use: NodePath<CallExpression>): NodePath {
  let each: NodePath = use
  while (each.isCallExpression() && methodOf(each) !== undefined) each = each.get('callee.object') as NodePath
  return each
}

function callsAbove(start: NodePath): readonly ChainCall[] {
  const calls: ChainCall[] = []
  let each: NodePath = start
  for (;;) {
    const call: NodePath | null | undefined =
      each.parentPath?.isMemberExpression() && each.key === 'object' ? each.parentPath.parentPath : undefined
    const method =
      call?.isCallExpression() && call.get('callee') === each.parentPath ? methodOf(call) : undefined
    if (!call?.isCallExpression() || method === undefined) return calls
    calls.push({ call, method })
    each = call
  }
}

/** The constant that holds the chain. */
function variableOf(use: NodePath<CallExpression>): Binding | undefined {
  const start = startOf(use)
  if (start.isIdentifier()) return start.scope.getBinding(start.node.name)
  const calls = callsAbove(start)
  const top = outermost(calls.at(-1)?.call ?? start)
  const { parentPath } = top
  return parentPath?.isVariableDeclarator() && parentPath.node.id.type === 'Identifier'
    ? parentPath.scope.getBinding(parentPath.node.id.name)
    : undefined
}

/** The annotation of the constant that a chain is the value of. */
export function declaredTypeOf(use: NodePath<CallExpression>): NodePath<TSType> | undefined {
  const id = variableOf(use)?.path.get('id') as NodePath | undefined
  const annotation = id?.isIdentifier() ? (id.get('typeAnnotation') as NodePath) : undefined
  return annotation?.isTSTypeAnnotation() ? (annotation.get('typeAnnotation') as NodePath<TSType>) : undefined
}

export function methodOf({ node: { callee } }: NodePath<CallExpression>): string | undefined {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || callee.computed)
    return undefined
  return methods.includes(callee.property.name) ? callee.property.name : undefined
}

export function outermost(path: NodePath): NodePath {
  const { parentPath } = path
  return parentPath && bare(parentPath.node) !== parentPath.node ? outermost(parentPath) : path
}
