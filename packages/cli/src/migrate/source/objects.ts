import type { NodePath } from '@babel/traverse'
import type { Expression, Node, ObjectExpression, ObjectProperty } from '@babel/types'
import { CannotMigrate } from './cannot-migrate.ts'
import { at, bare, constantOf } from './static-values.ts'

/** The name of a property, where it is written out. */
export function propertyName({ key, computed }: ObjectProperty): string | undefined {
  if (computed) return undefined
  return key.type === 'Identifier' ? key.name : key.type === 'StringLiteral' ? key.value : undefined
}

/** The properties of an object that is written out. @throws {CannotMigrate} */
export function propertiesOf(object: NodePath<ObjectExpression>): Map<string, NodePath<ObjectProperty>> {
  const found = new Map<string, NodePath<ObjectProperty>>()
  for (const property of object.get('properties')) {
    const name = property.isObjectProperty() ? propertyName(property.node) : undefined
    if (name === undefined) {
      throw new CannotMigrate(
        property.node,
        'an option is spread, computed or a method: what it is, is known only at run time',
      )
    }
    found.set(name, property as NodePath<ObjectProperty>)
  }
  return found
}

/** An object that is written out: there, or as a constant of the file. */
export function objectAt(path: NodePath): NodePath<ObjectExpression> | undefined {
  const inner = at(path, bare(path.node))
  if (inner.isObjectExpression()) return inner
  const initial: NodePath<Expression> | undefined = constantOf(inner)
  const object = initial && at(initial, bare(initial.node))
  return object?.isObjectExpression() ? object : undefined
}

/** The same, where nothing else uses it and no type is said of it, so that it can be changed. @throws {CannotMigrate} */
export function ownObject(path: NodePath | undefined, node: Node, what: string): NodePath<ObjectExpression> {
  if (path === undefined) throw new CannotMigrate(node, `${what} missing`)
  const object = objectAt(path)
  const inner = at(path, bare(path.node))
  const binding = inner.isIdentifier() ? inner.scope.getBinding(inner.node.name) : undefined
  const declarator = binding?.path
  const isTyped =
    declarator?.isVariableDeclarator() &&
    declarator.node.id.type === 'Identifier' &&
    declarator.node.id.typeAnnotation
  const isExported = declarator?.parentPath?.parentPath?.isExportNamedDeclaration()
  const isShared = binding !== undefined && (binding.referencePaths.length !== 1 || isTyped || isExported)
  if (object && !isShared) return object
  throw new CannotMigrate(node, `${what} not written out at this call, or are used elsewhere too`)
}
