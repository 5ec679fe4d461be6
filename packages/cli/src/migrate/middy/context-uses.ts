import type { Binding, NodePath } from '@babel/traverse'
import type { Node, ObjectPattern, ObjectProperty, TSType } from '@babel/types'
import { isInType } from '../source/imports.ts'
import { bare } from '../source/static-values.ts'

/** `context.db`, where `db` is one of the keys. */
export interface MemberUse {
  readonly key: string
  readonly path: NodePath
  /** The context in it, with its type assertions. */
  readonly object: NodePath
}

/** `const { db } = context`, or the parameter itself. */
export interface PatternUse {
  readonly pattern: NodePath<ObjectPattern>
  readonly properties: readonly { readonly key: string; readonly property: NodePath<ObjectProperty> }[]
  /** The context that is taken apart, with its type assertions; none for a parameter. */
  readonly object: NodePath | undefined
}

export interface ContextUses {
  readonly members: readonly MemberUse[]
  readonly patterns: readonly PatternUse[]
  /** Type annotations of what holds the context, and the types that it is asserted to be where it gets another name. */
  readonly types: NodePath<TSType>[]
  /** Where the whole context goes somewhere else. */
  readonly escapes: readonly NodePath[]
  /** Where one of the keys is written. */
  readonly writes: readonly NodePath[]
}

/** Everything that is done with a context: the parameter of a handler, or `request.context` in a hook. */
export function contextUses(places: readonly NodePath[], keys: ReadonlySet<string>): ContextUses {
  const found = {
    members: [] as MemberUse[],
    patterns: [] as PatternUse[],
    types: [] as NodePath<TSType>[],
    escapes: [] as NodePath[],
    writes: [] as NodePath[],
  }

  const follow = (binding: Binding | undefined, at: NodePath): void => {
    if (!binding || binding.constantViolations.length > 0) {
      found.escapes.push(at)
      return
    }
    for (const reference of binding.referencePaths) if (!isInType(reference)) look(reference)
  }

  const declared = (target: NodePath, object: NodePath | undefined): void => {
    if (target.isAssignmentPattern()) declared(target.get('left') as NodePath, object)
    else if (target.isIdentifier()) {
      noteType(target)
      follow(target.scope.getBinding(target.node.name), target)
    } else if (target.isObjectPattern()) takeApart(target, object)
    else found.escapes.push(target)
  }

  const noteType = (target: NodePath): void => {
    const annotation = target.get('typeAnnotation') as NodePath
    if (annotation.isTSTypeAnnotation())
      found.types.push(annotation.get('typeAnnotation') as NodePath<TSType>)
  }

  const takeApart = (pattern: NodePath<ObjectPattern>, object: NodePath | undefined): void => {
    const properties = pattern.get('properties')
    const named = properties.flatMap((property) => {
      const key = property.isObjectProperty() ? keyOf(property.node) : undefined
      return key !== undefined && keys.has(key)
        ? [{ key, property: property as NodePath<ObjectProperty> }]
        : []
    })
    const isComputed = properties.some((each) => each.isObjectProperty() && keyOf(each.node) === undefined)
    const isRest = properties.some((each) => each.isRestElement())
    // The rest has none of the values only where all of them are named.
    if (isComputed || (isRest && named.length < keys.size)) {
      found.escapes.push(pattern)
      return
    }
    noteType(pattern)
    if (named.length > 0) found.patterns.push({ pattern, properties: named, object })
  }

  /** One place where the context stands. */
  const look = (path: NodePath): void => {
    const object = asserted(path)
    const { parentPath } = object
    if (parentPath?.isMemberExpression() || parentPath?.isOptionalMemberExpression()) {
      if (object.key !== 'object') found.escapes.push(object)
      else {
        const key = memberOf(parentPath)
        if (key === undefined) found.escapes.push(object)
        else if (keys.has(key))
          (isWritten(parentPath) ? found.writes : found.members).push({
            key,
            path: parentPath,
            object,
          } as never)
      }
    } else if (parentPath?.isVariableDeclarator() && object.key === 'init') {
      const target = parentPath.get('id') as NodePath
      if (target.isIdentifier()) found.types.push(...assertedTypes(object))
      declared(target, object)
    } else if (!isHarmless(object)) found.escapes.push(object)
  }

  for (const place of places) {
    if (place.isExpression() && place.listKey !== 'params') look(place)
    else declared(place, undefined)
  }
  return { ...found, writes: found.writes.map((each) => (each as unknown as MemberUse).path) }
}

/** The name of a property that is read, where it is written out. */
export function memberOf({ node }: NodePath): string | undefined {
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return undefined
  const { property, computed } = node
  if (!computed && property.type === 'Identifier') return property.name
  return computed && property.type === 'StringLiteral' ? property.value : undefined
}

export function keyOf({ key, computed }: ObjectProperty): string | undefined {
  if (computed) return undefined
  return key.type === 'Identifier' ? key.name : key.type === 'StringLiteral' ? key.value : undefined
}

/** An expression with the type assertions around it. */
export function asserted(path: NodePath): NodePath {
  const { parentPath } = path
  return parentPath && bare(parentPath.node) !== parentPath.node && path.key === 'expression'
    ? asserted(parentPath)
    : path
}

/** The types of the outermost assertion. */
export function assertedTypes(path: NodePath): readonly NodePath<TSType>[] {
  const type = path.get('typeAnnotation') as NodePath
  return type.node && type.isTSType() ? [type as NodePath<TSType>] : []
}

function isWritten(path: NodePath): boolean {
  const outer = asserted(path)
  const { parent } = outer
  return (
    (parent.type === 'AssignmentExpression' && outer.key === 'left') ||
    parent.type === 'UpdateExpression' ||
    (parent.type === 'UnaryExpression' && parent.operator === 'delete')
  )
}

/** It is printed, which shows `[redacted]` from now on, or nothing is done with it. */
function isHarmless(path: NodePath): boolean {
  const { parent } = path
  if (parent.type === 'ExpressionStatement') return true
  if (parent.type !== 'CallExpression' || path.listKey !== 'arguments') return false
  return isPrinting(parent.callee) || (path.key === 0 && isAssign(parent.callee))
}

/** `Object.assign(context, more)`: the values stay where they are. */
function isAssign(callee: Node): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Object' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'assign'
  )
}

function isPrinting(callee: Node): boolean {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false
  const { object, property } = callee
  if (object.type !== 'Identifier') return false
  if (object.name === 'console') return true
  return (
    /^log(ger)?$/i.test(object.name) &&
    /^(trace|debug|info|warn|error|critical|addContext)$/.test(property.name)
  )
}
