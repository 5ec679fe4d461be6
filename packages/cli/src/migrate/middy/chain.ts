import type { NodePath } from '@babel/traverse'
import type { CallExpression, Function as FunctionNode, TSType } from '@babel/types'
import { CannotMigrate } from '../source/cannot-migrate.ts'
import { importsOf } from '../source/imports.ts'
import type { Source } from '../source/source.ts'
import { at, bare } from '../source/static-values.ts'
import { callsAround, declaredTypeOf, methodOf, outermost, startOf } from './chain-calls.ts'

/** The `middy()` that a middleware is used on, as far as it is in the file. */
export interface Chain {
  /** The call of `.use` that the middleware is an argument of. */
  readonly use: NodePath<CallExpression>
  /** The middleware in it. */
  readonly argument: NodePath
  readonly isInArray: boolean
  /** The handler, where it is a function of this file and of this chain alone. */
  readonly handler: NodePath<FunctionNode> | undefined
  /** Whether the type of its context follows from the chain. */
  readonly isTyped: boolean
  /** The handler is exported: others may call it, a test for instance. */
  readonly exportedAs: string | undefined
  /** The fourth type of `middy<Event, Result, Error, Context>`. */
  readonly contextType: NodePath<TSType> | undefined
  /** The type that the constant of the chain is said to have, which cannot be one without our views. */
  readonly declaredType: NodePath<TSType> | undefined
  /** The functions given to `.before`, `.after` and `.onError`, and in objects to `.use`. */
  readonly hooks: readonly Hook[]
}

export interface Hook {
  readonly path: NodePath<FunctionNode>
  /** Whether the type of its request follows from the chain. */
  readonly isTyped: boolean
}

/** Finds the chain that a middleware is used on. @throws {CannotMigrate} where it is in none. */
export function chainOf(source: Source, site: NodePath<CallExpression>): Chain {
  const argument = placeOf(site)
  const isInArray = argument.parentPath?.isArrayExpression() === true
  const use = (isInArray ? argument.parentPath?.parentPath : argument.parentPath) as NodePath<CallExpression>
  const calls = callsAround(use)
  const handlers = calls.flatMap(({ call, method }) => (method === 'handler' ? [call] : []))
  const root = rootOf(use)
  const isRoot = root?.isCallExpression() && isMiddy(source, root)
  const given = handlers[0]?.get('arguments')[0] ?? (isRoot ? root.get('arguments')[0] : undefined)
  const found = isRoot && given ? functionOf(given) : undefined
  const types = root?.isCallExpression() ? (root.get('typeArguments') as NodePath) : undefined
  return {
    contextType: types?.isTSTypeParameterInstantiation()
      ? (types.get('params')[3] as NodePath<TSType>)
      : undefined,
    declaredType: declaredTypeOf(use),
    use,
    argument,
    isInArray,
    handler: found?.path,
    exportedAs: found?.exportedAs,
    isTyped: handlers.length > 0 && given === found?.path && isAfter(handlers[0], use),
    hooks: calls.flatMap(({ call, method }) => (method === 'handler' ? [] : hooksIn(call, method, use))),
  }
}

/** The argument of `.use`, or the element of an array in it, that a middleware is: at once, or through a constant. */
function placeOf(site: NodePath): NodePath {
  const wrapped = outermost(site)
  if (isUsed(wrapped)) return wrapped
  const { parentPath } = wrapped
  const binding =
    parentPath?.isVariableDeclarator() && parentPath.node.id.type === 'Identifier'
      ? parentPath.scope.getBinding(parentPath.node.id.name)
      : undefined
  const [reference] = binding?.referencePaths ?? []
  if (reference && binding?.referencePaths.length === 1 && isUsed(reference)) return reference
  throw new CannotMigrate(
    site.node,
    'it is not made in a .use(...) of this file, so what it is for cannot be known',
  )
}

function isUsed(path: NodePath): boolean {
  const outer = path.parentPath?.isArrayExpression() ? path.parentPath : path
  const call = outer.parentPath
  return outer.listKey === 'arguments' && call?.isCallExpression() === true && methodOf(call) === 'use'
}

/** The call that made the middy of a chain. */
function rootOf(use: NodePath<CallExpression>): NodePath | undefined {
  const start = startOf(use)
  if (!start.isIdentifier()) return start
  const init = start.scope.getBinding(start.node.name)?.path.get('init') as NodePath | undefined
  if (!init?.node) return undefined
  const inner = at(init, bare(init.node))
  return inner.isCallExpression() ? startOf(inner as NodePath<CallExpression>) : undefined
}

function isMiddy(source: Source, call: NodePath<CallExpression>): boolean {
  const imports = importsOf(source, (module) => module === '@middy/core' || module === 'middy')
  const { callee } = call.node
  return imports.some(({ binding }) =>
    binding.referencePaths.some(({ node, parent }) => node === callee || parent === callee),
  )
}

function functionOf(
  given: NodePath,
): { path: NodePath<FunctionNode>; exportedAs: string | undefined } | undefined {
  const inner = at(given, bare(given.node))
  if (inner.isFunction()) return { path: inner, exportedAs: undefined }
  const binding = inner.isIdentifier() ? inner.scope.getBinding(inner.node.name) : undefined
  if (!binding || binding.constantViolations.length > 0) return undefined
  const declared = binding.path.isVariableDeclarator() ? (binding.path.get('init') as NodePath) : binding.path
  const path = declared.node ? at(declared, bare(declared.node)) : declared
  if (!path.isFunction()) return undefined
  const isExport = (each: NodePath) => each.findParent((parent) => parent.isExportDeclaration()) !== null
  const uses = binding.referencePaths.filter((each) => each.node !== inner.node)
  if (
    uses.some(
      (each) =>
        !each.parentPath?.isExportSpecifier() && !each.isExportNamedDeclaration() && !isModuleExports(each),
    )
  )
    return undefined
  const isExported = isExport(binding.path) || uses.length > 0
  return { path, exportedAs: isExported ? binding.identifier.name : undefined }
}

/** `module.exports = { orders }`, or `exports.orders = orders`. */
function isModuleExports(path: NodePath): boolean {
  const assignment = path.findParent((parent) => parent.isAssignmentExpression())
  return (
    assignment?.isAssignmentExpression() === true &&
    /^(module\.)?exports\b/.test(String(assignment.get('left')))
  )
}

function isAfter(handler: NodePath | undefined, use: NodePath): boolean {
  return Number(handler?.node.end) > Number(use.node.end)
}

function hooksIn(call: NodePath<CallExpression>, method: string, use: NodePath): readonly Hook[] {
  const [given] = call.get('arguments')
  if (!given) return []
  const inner = at(given, bare(given.node))
  if (method !== 'use')
    return inner.isFunction() ? [{ path: inner, isTyped: isAfter(call, use) && isUntyped(inner) }] : []
  const objects = inner.isArrayExpression() ? inner.get('elements') : [inner]
  return objects
    .flatMap((object) => (object?.isObjectExpression() ? object.get('properties') : []))
    .map((property) => (property.isObjectProperty() ? (property.get('value') as NodePath) : property))
    .flatMap((path) => (path.isFunction() ? [{ path, isTyped: false }] : []))
}

function isUntyped(hook: NodePath<FunctionNode>): boolean {
  const [request] = hook.node.params
  return request !== undefined && !('typeAnnotation' in request && request.typeAnnotation)
}
