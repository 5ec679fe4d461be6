import type { NodePath } from '@babel/traverse'
import { bare, staticText } from '../source/static-values.ts'
import type { Wanted } from './wanted.ts'

const reserved = /^(then|toJSON|constructor|__proto__|prototype|toString|valueOf|secrets|parameters)$/

/** A key for a declared value: the constant that it is bound to, else the end of its name. */
export function keyName(
  call: NodePath,
  { name, view }: Wanted,
  isByName: boolean,
  taken: ReadonlySet<string>,
): string {
  const wished =
    (isByName ? undefined : boundTo(call)) ?? fromName(name) ?? (view === 'secrets' ? 'secret' : 'parameter')
  const free = reserved.test(wished) ? `${wished}Value` : wished
  let key = free
  for (let count = 2; taken.has(key); count++) key = `${free}${count}`
  return key
}

/** `db` in `const db = await ...`, and in `const [db] = await Promise.all([...])`. */
function boundTo(call: NodePath): string | undefined {
  let each = call
  while (
    each.parentPath &&
    (each.parentPath.isAwaitExpression() || bare(each.parentPath.node) !== each.parentPath.node)
  )
    each = each.parentPath
  const { parentPath } = each
  if (parentPath?.isVariableDeclarator())
    return parentPath.node.id.type === 'Identifier' ? parentPath.node.id.name : undefined
  if (!parentPath?.isArrayExpression()) return undefined
  const declarator = parentPath.parentPath?.parentPath?.parentPath
  const id = declarator?.isVariableDeclarator() ? declarator.node.id : undefined
  const element = id?.type === 'ArrayPattern' ? id.elements[Number(each.key)] : undefined
  return element?.type === 'Identifier' ? element.name : undefined
}

/** `stripeKey` of `prod/stripe-key`, `dbSecret` of `process.env.DB_SECRET`. */
function fromName(name: NodePath): string | undefined {
  const node = bare(name.node)
  const text =
    staticText(name) ??
    (node.type === 'MemberExpression' && node.property.type === 'Identifier'
      ? node.property.name
      : undefined) ??
    (node.type === 'Identifier' ? node.name : undefined)
  const last = text?.split(/[/:]/).findLast((part) => /[a-z]/i.test(part)) ?? ''
  const words = last.split(/[^a-zA-Z0-9]+/).filter((word) => word !== '')
  const [first, ...rest] = words.map((word) => (/^[A-Z0-9]+$/.test(word) ? word.toLowerCase() : word))
  if (first === undefined) return undefined
  const camel = [
    first[0]?.toLowerCase() + first.slice(1),
    ...rest.map((word) => word[0]?.toUpperCase() + word.slice(1)),
  ].join('')
  return /^[a-zA-Z]/.test(camel) ? camel : undefined
}
