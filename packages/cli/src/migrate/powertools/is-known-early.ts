import type { NodePath } from '@babel/traverse'
import { bare, at as within } from '../source/static-values.ts'

/** Whether an expression means the same when the module is loaded, at `position`, as in a handler later. */
export function isKnownEarly(path: NodePath, position: number): boolean {
  const inner = within(path, bare(path.node))
  if (inner.isStringLiteral() || inner.isNumericLiteral() || inner.isBooleanLiteral()) return true
  if (inner.isTemplateLiteral())
    return inner.get('expressions').every((each) => isKnownEarly(each as NodePath, position))
  if (inner.isBinaryExpression() || inner.isLogicalExpression())
    return (
      isKnownEarly(inner.get('left') as NodePath, position) &&
      isKnownEarly(inner.get('right') as NodePath, position)
    )
  if (inner.isMemberExpression())
    return isEnvironment(inner) || isKnownEarly(inner.get('object') as NodePath, position)
  if (!inner.isIdentifier()) return false
  const binding = inner.scope.getBinding(inner.node.name)
  if (!binding?.scope.path.isProgram() || binding.constantViolations.length > 0) return false
  if (binding.kind === 'module') return true
  return binding.kind === 'const' && Number(binding.path.node.end) <= position
}

/** `process.env.NAME`, or `process.env['NAME']`. */
function isEnvironment(path: NodePath): boolean {
  if (!path.isMemberExpression() || (path.node.computed && !path.get('property').isStringLiteral()))
    return false
  const { object } = path.node
  return (
    object.type === 'MemberExpression' &&
    object.object.type === 'Identifier' &&
    object.object.name === 'process' &&
    object.property.type === 'Identifier' &&
    object.property.name === 'env'
  )
}
