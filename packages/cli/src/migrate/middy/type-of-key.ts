import type { NodePath } from '@babel/traverse'
import type { TSType } from '@babel/types'
import type { Source } from '../source/source.ts'

/** A type that a value is said to have, as the file writes it. */
export interface SaidType {
  readonly text: string
  readonly kind: 'text' | 'list' | 'object' | 'unknown'
}

/** The type of one property of a type, where that is declared in the file. */
export function typeOfKey(source: Source, type: NodePath<TSType>, key: string): SaidType | undefined {
  if (type.isTSTypeLiteral()) return memberIn(source, type.get('members'), key)
  if (type.isTSIntersectionType()) {
    for (const part of type.get('types')) {
      const found = typeOfKey(source, part, key)
      if (found) return found
    }
    return undefined
  }
  if (type.isTSParenthesizedType()) return typeOfKey(source, type.get('typeAnnotation'), key)
  const declaration = declarationOf(source, type)
  if (declaration?.isTSInterfaceDeclaration())
    return memberIn(source, declaration.get('body.body') as NodePath[], key)
  if (declaration?.isTSTypeAliasDeclaration())
    return typeOfKey(source, declaration.get('typeAnnotation'), key)
  return undefined
}

function memberIn(source: Source, members: readonly NodePath[], key: string): SaidType | undefined {
  for (const member of members) {
    if (!member.isTSPropertySignature()) continue
    const { node } = member
    const name =
      node.key.type === 'Identifier'
        ? node.key.name
        : node.key.type === 'StringLiteral'
          ? node.key.value
          : undefined
    const type = annotated(member)
    if (name === key && type) return saidType(source, type)
  }
  return undefined
}

/** The interface or alias that a name stands for. */
export function declarationOf(source: Source, type: NodePath): NodePath | undefined {
  if (!type.isTSTypeReference() || type.node.typeName.type !== 'Identifier' || type.node.typeArguments)
    return undefined
  const { name } = type.node.typeName
  for (const statement of source.program.get('body')) {
    const inner = statement.isExportNamedDeclaration()
      ? (statement.get('declaration') as NodePath)
      : statement
    const isDeclared = inner.isTSInterfaceDeclaration() || inner.isTSTypeAliasDeclaration()
    if (isDeclared && (inner.node as { id: { name: string } }).id.name === name) return inner
  }
  return undefined
}

/** What a type says of the text behind a value: that it is one, a list of them, or JSON. */
export function saidType(source: Source, type: NodePath<TSType>): SaidType {
  return { text: source.textOf(type.node), kind: kindOf(source, type) }
}

function kindOf(source: Source, type: NodePath<TSType>): SaidType['kind'] {
  if (type.isTSParenthesizedType()) return kindOf(source, type.get('typeAnnotation'))
  if (type.isTSStringKeyword()) return 'text'
  const node = type.node
  if (type.isTSTypeOperator() && node.type === 'TSTypeOperator' && node.operator === 'readonly')
    return kindOf(source, type.get('typeAnnotation') as NodePath<TSType>)
  if (type.isTSArrayType())
    return (type.get('elementType') as NodePath).isTSStringKeyword() ? 'list' : 'object'
  if (type.isTSUnionType()) {
    const kinds = type
      .get('types')
      .filter((part) => !part.isTSUndefinedKeyword() && !part.isTSNullKeyword())
      .map((part) => kindOf(source, part))
    return kinds.length === 1 ? (kinds[0] as SaidType['kind']) : 'unknown'
  }
  if (type.isTSTypeLiteral()) return 'object'
  if (!type.isTSTypeReference()) return 'unknown'
  const text = source.textOf(node)
  if (/^(Readonly)?Array<string>$/.test(text)) return 'list'
  if (/^(Readonly)?Array</.test(text) || /^(Record|Partial|Required|Readonly|Pick|Omit)</.test(text))
    return 'object'
  const declaration = declarationOf(source, type)
  if (declaration?.isTSInterfaceDeclaration()) return 'object'
  if (declaration?.isTSTypeAliasDeclaration()) return kindOf(source, declaration.get('typeAnnotation'))
  return 'unknown'
}

/** The type in the annotation of a name or of a member. */
export function annotated(path: NodePath): NodePath<TSType> | undefined {
  const annotation = path.get('typeAnnotation') as NodePath
  return annotation.isTSTypeAnnotation() ? (annotation.get('typeAnnotation') as NodePath<TSType>) : undefined
}
