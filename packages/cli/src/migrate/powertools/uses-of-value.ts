import type { NodePath } from '@babel/traverse'
import type { Source } from '../source/source.ts'

/** What the code does with the value of a call. */
export interface ValueUses {
  /** The types that it is asserted to be, as code. */
  readonly casts: readonly string[]
  /** It is asserted to be a `Uint8Array`. */
  readonly isBinary: boolean
  /** Every use of it is `.split(',')`. */
  readonly isSplit: boolean
  /** `instanceof` asks what it is. */
  readonly isTested: boolean
  /** The calls of `.split(',')`. */
  readonly splits: readonly NodePath[]
}

/** Follows the value of a call, into the constant that it is bound to. */
export function usesOfValue(source: Source, call: NodePath): ValueUses {
  const casts: string[] = []
  const splits: NodePath[] = []
  let others = 0
  let isTested = false

  const look = (path: NodePath): void => {
    let whole = path
    for (;;) {
      const { parentPath } = whole
      const isAsserted =
        parentPath?.isTSAsExpression() ||
        parentPath?.isTSTypeAssertion() ||
        parentPath?.isTSSatisfiesExpression()
      if (isAsserted) casts.push(source.textOf((parentPath.get('typeAnnotation') as NodePath).node))
      if (!isAsserted && !parentPath?.isTSNonNullExpression() && !parentPath?.isAwaitExpression()) break
      whole = parentPath as NodePath
    }
    const { parentPath } = whole
    if (parentPath?.isVariableDeclarator() && whole.key === 'init') {
      const id = parentPath.get('id') as NodePath
      const binding = id.isIdentifier() ? id.scope.getBinding(id.node.name) : undefined
      if (!binding || binding.constantViolations.length > 0 || binding.referencePaths.length === 0) others++
      else for (const reference of binding.referencePaths) look(reference)
      return
    }
    if (parentPath?.isBinaryExpression() && parentPath.node.operator === 'instanceof') isTested = true
    const split = splitOf(whole)
    if (split) splits.push(split)
    else others++
  }
  look(call)
  return {
    casts,
    isBinary: casts.includes('Uint8Array'),
    isSplit: others === 0 && splits.length > 0,
    isTested,
    splits,
  }
}

/** The call in `value.split(',')` or `value?.split(',')`. */
function splitOf(value: NodePath): NodePath | undefined {
  const member = value.parentPath
  const call = member?.parentPath
  if (value.key !== 'object' || member?.key !== 'callee') return undefined
  if (!call?.isCallExpression() && !call?.isOptionalCallExpression()) return undefined
  const [argument, ...more] = call.node.arguments
  const isName = /(\.|\?\.)split$/.test(String(member))
  return isName && more.length === 0 && argument?.type === 'StringLiteral' && argument.value === ','
    ? call
    : undefined
}
