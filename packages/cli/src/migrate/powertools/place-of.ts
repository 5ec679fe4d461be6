import type { NodePath } from '@babel/traverse'
import type { Statement } from '@babel/types'
import { bare } from '../source/static-values.ts'

/** Where a call stands that runs in every invocation: the list of statements, and the statement; none in an arrow's body. */
export interface Place {
  readonly block: object
  /** The function, or none where the module itself asks. */
  readonly home: object | undefined
  readonly statement: NodePath<Statement> | undefined
  /** The `await` of the call, or of the `Promise.all` that it is an element of. */
  readonly awaited: NodePath
}

/**
 * Whether a call is certainly made in each invocation of a handler, or when the module is loaded, and its value awaited.
 * Only then may the value be loaded together with others: another call may never be made, and its failure be no failure.
 */
export function placeOf(call: NodePath): Place | undefined {
  const awaited = awaitedOf(call)
  if (!awaited) return undefined
  const home = awaited.getFunctionParent()
  if (home && !isHandler(home)) return undefined
  let each: NodePath = awaited
  for (;;) {
    const { parentPath } = each
    if (!parentPath || each === home) return undefined
    if (home && parentPath === home && each.key === 'body')
      return each.isBlockStatement()
        ? undefined
        : { block: home.node, home: home.node, statement: undefined, awaited }
    if (each.isStatement() && each.listKey === 'body')
      return isStraight(parentPath, home)
        ? { block: parentPath.node, home: home?.node, statement: each as NodePath<Statement>, awaited }
        : undefined
    if (isConditional(each)) return undefined
    each = parentPath
  }
}

/** The `await` around a call, at once or around the `Promise.all([...])` that it is in. */
function awaitedOf(call: NodePath): NodePath | undefined {
  const { parentPath } = call
  if (parentPath?.isAwaitExpression()) return parentPath
  if (!parentPath?.isArrayExpression()) return undefined
  const all = parentPath.parentPath
  const isAll = all?.isCallExpression() && String(all.get('callee')) === 'Promise.all'
  return isAll && all.parentPath?.isAwaitExpression() ? all.parentPath : undefined
}

function isConditional({ parentPath, key }: NodePath): boolean {
  if (parentPath?.isConditionalExpression()) return key !== 'test'
  if (parentPath?.isLogicalExpression()) return key !== 'left'
  if (parentPath?.isIfStatement() || parentPath?.isSwitchStatement())
    return key !== 'test' && key !== 'discriminant'
  return (
    parentPath?.isLoop() === true ||
    parentPath?.isSwitchCase() === true ||
    parentPath?.isAssignmentPattern() === true
  )
}

/** The body of the function or module itself, or a `try` in it. */
function isStraight(block: NodePath, home: NodePath | null): boolean {
  if (block.isProgram()) return home === null
  const { parentPath } = block
  if (home && parentPath === home) return true
  if (!parentPath?.isTryStatement() || block.key !== 'block') return false
  return (
    parentPath.parentPath !== null && parentPath.listKey === 'body' && isStraight(parentPath.parentPath, home)
  )
}

/** A function that is exported as a handler, or given to `middy` or another wrapper where the module is loaded. */
export function isHandler(path: NodePath): boolean {
  if (!path.isFunction()) return false
  if (path.isFunctionDeclaration()) {
    if (path.parentPath.isExportDefaultDeclaration()) return true
    const name = path.node.id?.name ?? ''
    if (path.parentPath.isExportNamedDeclaration()) return /handler$/i.test(name)
    return isGiven(path, name)
  }
  const whole = outermost(path)
  const { parentPath } = whole
  if (parentPath?.isExportDefaultDeclaration()) return true
  if (parentPath?.isAssignmentExpression())
    return /^(module\.)?exports\b/.test(String(parentPath.get('left')))
  if (parentPath?.isCallExpression() && whole.listKey === 'arguments') return isWrapped(parentPath)
  if (!parentPath?.isVariableDeclarator() || parentPath.node.id.type !== 'Identifier') return false
  const { name } = parentPath.node.id
  if (parentPath.parentPath?.parentPath?.isExportNamedDeclaration()) return /handler$/i.test(name)
  return isGiven(parentPath, name)
}

function outermost(path: NodePath): NodePath {
  return path.parentPath && bare(path.parentPath.node) !== path.parentPath.node
    ? outermost(path.parentPath)
    : path
}

/** `middy(handler)`, `.handler(handler)`, or `export { handler }`. */
function isGiven({ scope }: NodePath, name: string): boolean {
  const references = scope.getBinding(name)?.referencePaths ?? []
  return references.some((each) => {
    if (each.parentPath?.isExportSpecifier()) return /handler$/i.test(name)
    if (each.parentPath?.isCallExpression() && each.listKey === 'arguments') return isWrapped(each.parentPath)
    return false
  })
}

function isWrapped(call: NodePath): boolean {
  const callee = String(call.get('callee'))
  return /(^|\.)(middy|handler|middyfy)$/.test(callee) && call.getFunctionParent() === null
}
