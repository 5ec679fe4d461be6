import type { NodePath } from '@babel/traverse'
import type { TSType } from '@babel/types'
import type { Source } from '../source/source.ts'
import { bare } from '../source/static-values.ts'
import type { ContextUses, MemberUse, PatternUse } from './context-uses.ts'
import { type Declared, declaredType } from './format-of.ts'
import type { Site } from './site.ts'
import { typeOfKey } from './type-of-key.ts'

/** Makes `context.db` of a handler `context.secrets.db`, however it is written. */
export function rewriteUses(
  source: Source,
  site: Site,
  uses: ContextUses,
  declared: readonly Declared[],
  isTyped: boolean,
): void {
  for (const use of uses.members) rewriteMember(source, site, use, isTyped)
  for (const use of uses.patterns) rewritePattern(source, site, use, isTyped)
  const isRead = uses.members.length + uses.patterns.length > 0
  if (source.isTypeScript && isRead) for (const type of uses.types) widenType(source, site, type, declared)
}

function rewriteMember(source: Source, { view }: Site, { path, object }: MemberUse, isTyped: boolean): void {
  const property = path.get('property') as NodePath
  const between = source.text.slice(Number(object.node.end), Number(property.node.start))
  const at = Number(object.node.end) + Math.max(between.search(/\?\.|\.|\[/), 0)
  rewriteAssertion(source, object, view, isTyped, at)
  source.insert(at, `.${view}`)
}

/** `(context as Fetched)` says nothing true any more: it is left out where the chain types the context. */
function rewriteAssertion(
  source: Source,
  object: NodePath,
  view: Site['view'],
  isTyped: boolean,
  end: number,
): void {
  const inner = bare(object.node)
  const type = object.get('typeAnnotation') as NodePath
  if (inner === object.node || !type.node || type.isTSAnyKeyword()) return
  if (!isTyped) {
    widenAssertion(source, type, view)
    return
  }
  dropType(source, type)
  const start = startWithParentheses(source, object, end)
  source.replace(start, Number(inner.start), '')
  source.replace(Number(inner.end), end, '')
}

const widened = new WeakSet<object>()

/** The type is that of the view now; of both where two middlewares put something on the context. */
function widenAssertion(source: Source, type: NodePath, view: string): void {
  if (widened.has(type.node)) {
    source.insert(Number(type.node.end), ` & { readonly ${view}: ${source.textOf(type.node)} }`)
    return
  }
  widened.add(type.node)
  source.insertBefore(Number(type.node.start), `{ readonly ${view}: `)
  source.insert(Number(type.node.end), ' }')
}

function dropType(source: Source, type: NodePath): void {
  if (type.isTSTypeReference() && type.node.typeName.type === 'Identifier')
    source.types.dropped.add(type.node.typeName.name)
}

/** Where `(context as T)` begins, whose end is `end`: its parentheses are no nodes. */
function startWithParentheses(source: Source, { node }: NodePath, end: number): number {
  const closing = source.text.slice(Number(node.end), end).match(/\)/g)?.length ?? 0
  let start = Number(node.start)
  for (let count = 0; count < closing; count++) start = source.text.lastIndexOf('(', start - 1)
  return start
}

function rewritePattern(
  source: Source,
  { view }: Site,
  { pattern, properties, object }: PatternUse,
  isTyped: boolean,
): void {
  const all = pattern.node.properties.length
  if (object && properties.length === all) {
    const end = endWithParentheses(source, object)
    const isWrapped = bare(object.node) !== object.node
    if (isWrapped && !isTyped && !(object.get('typeAnnotation') as NodePath).isTSAnyKeyword()) {
      const { start } = object.node
      rewriteAssertion(source, object, view, false, end)
      source.insertBefore(Number(start), '(')
      source.insert(end, `).${view}`)
      return
    }
    if (isWrapped) {
      dropType(source, object.get('typeAnnotation') as NodePath)
      source.replace(Number(object.node.start), end, `${source.textOf(bare(object.node))}.${view}`)
      return
    }
    source.insert(end, `.${view}`)
    return
  }
  if (object && isTyped && bare(object.node) !== object.node && !source.isErased(object.node)) {
    dropType(source, object.get('typeAnnotation') as NodePath)
    source.replace(
      Number(object.node.start),
      endWithParentheses(source, object),
      source.textOf(bare(object.node)),
    )
  }
  nest(
    source,
    view,
    properties.map(({ property }) => property),
  )
}

function endWithParentheses(source: Source, { node }: NodePath): number {
  const { extra } = node
  if (extra?.['parenthesized'] !== true) return Number(node.end)
  return Number(node.end) + (/^\s*\)/.exec(source.text.slice(Number(node.end)))?.[0].length ?? 0)
}

/** `{ db, awsRequestId }` becomes `{ secrets: { db }, awsRequestId }`. */
function nest(source: Source, view: string, properties: readonly NodePath[]): void {
  const [first, ...others] = properties
  if (!first) return
  const inner = properties.map(({ node }) => source.textOf(node)).join(', ')
  source.replace(Number(first.node.start), Number(first.node.end), `${view}: { ${inner} }`)
  for (const { node } of others) {
    const before = /,\s*$/.exec(source.text.slice(0, Number(node.start)))?.[0].length ?? 0
    source.replace(Number(node.start) - before, Number(node.end), '')
  }
}

/** What holds the context has a type of its own: the view is added to it. */
function widenType(
  source: Source,
  { view }: Site,
  type: NodePath<TSType>,
  declared: readonly Declared[],
): void {
  if (type.isTSAnyKeyword() || type.isTSUnknownKeyword() || declared.length === 0) return
  const lies = type.isTSTypeReference() ? declared.filter(({ key }) => typeOfKey(source, type, key.name)) : []
  if (lies.length > 0) {
    const names = lies.map(({ key }) => key.name).join(', ')
    source.notes.add(`the type ${source.textOf(type.node)} still has ${names}: in context.${view} now.`)
  }
  const members = declared.map((each) => `readonly ${each.key.name}: ${declaredType(each)}`).join('; ')
  const isClosed = type.isTSTypeReference() || type.isTSIntersectionType() || type.isTSTypeLiteral()
  if (!isClosed) {
    source.insertBefore(Number(type.node.start), '(')
    source.insert(Number(type.node.end), ')')
  }
  source.insert(Number(type.node.end), ` & { readonly ${view}: { ${members} } }`)
}
