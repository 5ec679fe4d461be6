import type { NodePath } from '@babel/traverse'
import type { ObjectPattern } from '@babel/types'
import type { Hook } from './chain.ts'
import { keyOf, memberOf } from './context-uses.ts'

/** The context in each hook: `request.context`, or taken out of the request in the parameter or a declaration. */
export function contextsIn(hooks: readonly Hook[]): readonly NodePath[] {
  return hooks.flatMap(({ path: hook }) => {
    const [request] = hook.get('params') as NodePath[]
    if (!request) return []
    if (request.isObjectPattern()) return contextIn(request)
    const binding = request.isIdentifier() ? hook.scope.getBinding(request.node.name) : undefined
    return (binding?.referencePaths ?? []).flatMap((path) => {
      const { parentPath } = path
      if (parentPath?.isMemberExpression() && memberOf(parentPath) === 'context' && path.key === 'object')
        return [parentPath]
      const target = parentPath?.isVariableDeclarator() ? (parentPath.get('id') as NodePath) : undefined
      return target?.isObjectPattern() ? contextIn(target) : []
    })
  })
}

function contextIn(pattern: NodePath<ObjectPattern>): readonly NodePath[] {
  return pattern.get('properties').flatMap((property) => {
    if (!property.isObjectProperty() || keyOf(property.node) !== 'context') return []
    return [property.get('value') as NodePath]
  })
}
