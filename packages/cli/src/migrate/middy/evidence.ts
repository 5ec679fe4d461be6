import type { NodePath } from '@babel/traverse'
import type { TSType } from '@babel/types'
import type { Source } from '../source/source.ts'
import { asserted, assertedTypes, type ContextUses, memberOf } from './context-uses.ts'
import { annotated, type SaidType, saidType, typeOfKey } from './type-of-key.ts'

/** `print`: it is put into a text, as an array could be too. */
type Shown = 'text' | 'list' | 'object' | 'print'

/** What the code shows of a value: how it is used, and which type it is said to have. */
export interface Evidence {
  readonly shows: ReadonlySet<Shown>
  readonly said: SaidType | undefined
}

const ofText =
  /^(split|trim(Start|End)?|startsWith|endsWith|to(Upper|Lower)Case|replace(All)?|charAt|charCodeAt|codePointAt|substr(ing)?|match(All)?|padStart|padEnd|localeCompare|normalize|repeat)$/
const ofList =
  /^(map|flatMap|filter|find(Index|Last)?|forEach|some|every|reduce|join|push|pop|shift|sort|toSorted|reverse|entries|values|keys)$/
const ofBoth = /^(length|includes|indexOf|lastIndexOf|slice|concat|toString|at)$/

/** One value that `getInternal` gives, or a part of it, and the variable that it gets. */
export interface InternalUse {
  readonly key: string
  readonly isDeeper: boolean
  readonly target: NodePath | undefined
}

/** What the uses of a context show of one key. */
export function evidenceOf(
  source: Source,
  uses: ContextUses,
  reads: readonly InternalUse[],
  key: string,
): Evidence {
  const shows = new Set<Shown>()
  const types: SaidType[] = []
  const said = (type: NodePath<TSType> | undefined): void => {
    const found = type && typeOfKey(source, type, key)
    if (found) types.push(found)
  }
  for (const type of uses.types) said(type)
  for (const { key: each, path, object } of uses.members) {
    if (each !== key) continue
    said(assertedTypes(object)[0])
    lookAt(path)
  }
  for (const { properties, object } of uses.patterns) {
    if (object) said(assertedTypes(object)[0])
    for (const { key: each, property } of properties)
      if (each === key) target(property.get('value') as NodePath)
  }
  for (const read of reads) {
    if (read.key !== key) continue
    if (read.isDeeper) shows.add('object')
    else if (read.target) target(read.target)
  }
  return { shows, said: types.find(({ kind }) => kind !== 'unknown') ?? types[0] }

  function lookAt(value: NodePath): void {
    const whole = asserted(value)
    const [type] = assertedTypes(whole)
    if (type) types.push(saidType(source, type))
    const { parentPath } = whole
    if (parentPath?.isMemberExpression() || parentPath?.isOptionalMemberExpression()) {
      if (whole.key === 'object') member(parentPath)
    } else if (parentPath?.isVariableDeclarator() && whole.key === 'init')
      target(parentPath.get('id') as NodePath)
    else if (parentPath?.isTemplateLiteral()) shows.add('print')
    else if (parentPath?.isForOfStatement() || parentPath?.isSpreadElement()) {
      if (parentPath.isForOfStatement() || parentPath.parentPath?.isArrayExpression()) shows.add('list')
    } else if (parentPath?.isCallExpression() && String(parentPath.get('callee')) === 'JSON.parse')
      shows.add('text')
  }

  function member(path: NodePath): void {
    const name = memberOf(path)
    const isIndex = (path.get('property') as NodePath).isNumericLiteral()
    if (isIndex || (name !== undefined && ofBoth.test(name))) return
    shows.add(
      name === undefined ? 'object' : ofText.test(name) ? 'text' : ofList.test(name) ? 'list' : 'object',
    )
  }

  function target(path: NodePath): void {
    if (path.isAssignmentPattern()) {
      target(path.get('left') as NodePath)
      return
    }
    if (path.isObjectPattern()) shows.add('object')
    if (path.isArrayPattern()) shows.add('list')
    if (!path.isIdentifier()) return
    const annotation = annotated(path)
    if (annotation) types.push(saidType(source, annotation))
    for (const reference of path.scope.getBinding(path.node.name)?.referencePaths ?? []) lookAt(reference)
  }
}
