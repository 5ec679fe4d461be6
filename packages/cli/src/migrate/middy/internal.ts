import type { NodePath } from '@babel/traverse'
import type { CallExpression, ObjectProperty } from '@babel/types'
import { CannotMigrate } from '../source/cannot-migrate.ts'
import { importsOf, usesOf } from '../source/imports.ts'
import type { Source } from '../source/source.ts'
import { bare, staticText } from '../source/static-values.ts'
import { keyOf } from './context-uses.ts'
import type { InternalUse } from './evidence.ts'
import type { Site } from './site.ts'

/** Other middlewares that leave something for `getInternal(true, request)`. */
const others = /^@middy\/(?!core$|util$|ssm$|secrets-manager$)/

/** What is read, and the edit that does it differently. */
export interface InternalPlan {
  readonly uses: readonly InternalUse[]
  readonly edit: () => void
}

type Views = ReadonlyMap<string, Site['view']>

/** The calls of `getInternal` in the file, and what takes their place. */
export function internalReads(source: Source): readonly NodePath<CallExpression>[] {
  return importsOf(source, (module) => module === '@middy/util').flatMap((imported) =>
    usesOf(imported)
      .filter(({ name }) => name === 'getInternal')
      .flatMap(({ path }) =>
        path.parentPath?.isCallExpression() ? [path.parentPath as NodePath<CallExpression>] : [],
      ),
  )
}

/** `await getInternal(['db'], request)` becomes `{ db: request.context.secrets.db }`. @throws {CannotMigrate} */
export function planInternal(source: Source, call: NodePath<CallExpression>, views: Views): InternalPlan {
  const [variables, request] = call.get('arguments') as NodePath[]
  const awaited = call.parentPath
  if (!variables || !request || !awaited?.isAwaitExpression())
    throw new CannotMigrate(call.node, 'getInternal is not awaited with its two arguments')
  const wanted = wantedBy(variables, views)
  if (wanted === undefined)
    throw new CannotMigrate(call.node, 'what getInternal is asked for is known only at run time')
  const ours = wanted.entries.filter(({ path }) => views.has(path[0] as string))
  if (ours.length === 0) return { uses: [], edit: () => {} }
  const hasOthers = wanted.isAll
    ? importsOf(source, (module) => others.test(module)).length > 0
    : ours.length < wanted.entries.length
  if (hasOthers && !wanted.isAll)
    throw new CannotMigrate(call.node, 'getInternal is asked for values of other middlewares too')
  refuseViewsReplaced(awaited)

  const context = `${source.textOf(request.node)}.context`
  const isLoose = source.isTypeScript && !isInferred(request)
  const typed = isLoose ? `(${context} as any)` : context
  const read = (path: readonly string[]) =>
    `${typed}.${views.get(path[0] as string)}.${path[0]}${path
      .slice(1)
      .map((part) => `?.${part}`)
      .join('')}`
  const members = ours.map(({ name, path }) => `${name}: ${read(path)}`)
  if (hasOthers) members.unshift(`...(${source.textOf(awaited.node)})`)
  const isStatement = awaited.parentPath?.isArrowFunctionExpression() && awaited.key === 'body'
  const edit = () => {
    const { start, end } = awaited.node
    const only = [...new Set(ours.map(({ path }) => views.get(path[0] as string)))]
    const isTakenApart =
      takesApart(awaited) && ours.every(({ name, path }) => path.length === 1 && path[0] === name)
    if (isTakenApart && only.length === 1 && !hasOthers)
      source.replace(Number(start), Number(end), `${typed}.${only[0]}`)
    else
      source.replace(
        Number(start),
        Number(end),
        isStatement ? `({ ${members.join(', ')} })` : `{ ${members.join(', ')} }`,
      )
  }
  const uses = ours.map(({ name, path: [key = '', ...rest] }) => ({
    key,
    isDeeper: rest.length > 0,
    target: targetOf(awaited, name),
  }))
  return { uses, edit }
}

/** The variable that takes a value out of what was awaited. */
function targetOf({ parentPath }: NodePath, name: string): NodePath | undefined {
  const pattern = parentPath?.isVariableDeclarator() ? (parentPath.get('id') as NodePath) : undefined
  if (!pattern?.isObjectPattern()) return undefined
  const property = pattern
    .get('properties')
    .find((each) => each.isObjectProperty() && keyOf(each.node) === name)
  return property && (property.get('value') as NodePath)
}

interface Wanted {
  readonly isAll: boolean
  readonly entries: readonly { readonly name: string; readonly path: readonly string[] }[]
}

function wantedBy(variables: NodePath, views: Views): Wanted | undefined {
  const node = bare(variables.node)
  const entry = (text: string | undefined, name = text) =>
    text === undefined || name === undefined ? undefined : { name: sanitized(name), path: pathOf(text) }
  const all = (entries: readonly (Wanted['entries'][number] | undefined)[]): Wanted | undefined =>
    entries.includes(undefined) ? undefined : { isAll: false, entries: entries as Wanted['entries'] }
  if (node.type === 'BooleanLiteral' && node.value)
    return { isAll: true, entries: [...views.keys()].map((name) => ({ name, path: [name] })) }
  if (variables.isArrayExpression())
    return all(variables.get('elements').map((each) => entry(staticText(each as NodePath))))
  if (variables.isObjectExpression()) {
    return all(
      variables.get('properties').map((property) => {
        if (!property.isObjectProperty()) return undefined
        const { key, computed } = property.node as ObjectProperty
        const name = computed
          ? undefined
          : key.type === 'Identifier'
            ? key.name
            : key.type === 'StringLiteral'
              ? key.value
              : undefined
        return entry(staticText(property.get('value') as NodePath), name)
      }),
    )
  }
  const text = staticText(variables)
  return text === undefined ? undefined : all([entry(text)])
}

const sanitized = (key: string): string => key.replace(/^([0-9])/, '_$1').replace(/[^a-zA-Z0-9]+/g, '_')
const pathOf = (text: string): readonly string[] => {
  const [root = '', ...rest] = text.split('.')
  return [sanitized(root), ...rest]
}

function takesApart(awaited: NodePath): boolean {
  const { parent } = awaited
  return (
    parent.type === 'VariableDeclarator' &&
    parent.id.type === 'ObjectPattern' &&
    parent.id.properties.every((property) => property.type === 'ObjectProperty' && !property.computed)
  )
}

/** A view cannot be replaced by an object with the same name. */
function refuseViewsReplaced({ parent }: NodePath): void {
  if (parent.type !== 'AssignmentExpression' || parent.left.type !== 'MemberExpression') return
  const { property } = parent.left
  if (property.type === 'Identifier' && (property.name === 'secrets' || property.name === 'parameters'))
    throw new CannotMigrate(
      parent,
      `it writes context.${property.name}, which is the view here: leave this hook out, and set a key for each value`,
    )
}

/** Whether the type of a request follows from the chain that its function is given to. */
function isInferred(request: NodePath): boolean {
  const binding = request.isIdentifier() ? request.scope.getBinding(request.node.name) : undefined
  const parameter = binding?.path
  const hook = parameter?.parentPath
  return (
    parameter?.isIdentifier() === true &&
    !parameter.node.typeAnnotation &&
    hook?.parentPath?.isCallExpression() === true
  )
}
