import type { NodePath } from '@babel/traverse'
import type { CallExpression, Expression, ObjectExpression, ObjectProperty, TSType } from '@babel/types'
import type { Used } from '../source/imports.ts'

/** Which of the two middlewares. */
export type Kind = 'ssm' | 'secretsManager'

/** What a value of `fetchData` is read as here. */
export type Format = 'text' | 'json' | 'list' | 'tree'

/** One entry of `fetchData`. */
export interface FetchedKey {
  /** As it is on the context: Middy makes an identifier of it. */
  readonly name: string
  readonly property: NodePath<ObjectProperty>
  /** The name or path, without the helper that types it. */
  readonly id: NodePath<Expression>
  /** The `T` of `ssmParam<T>(...)` or `secret<T>(...)`. */
  readonly type: NodePath<TSType> | undefined
  /** It ends in a slash: all parameters below it. */
  readonly isPath: boolean
}

/** One call of a middleware, read. */
export interface Site {
  readonly kind: Kind
  readonly view: 'parameters' | 'secrets'
  readonly used: Used
  readonly call: NodePath<CallExpression>
  readonly options: NodePath<ObjectExpression>
  readonly fetchData: NodePath<ObjectProperty>
  readonly keys: readonly FetchedKey[]
  readonly properties: ReadonlyMap<string, NodePath<ObjectProperty>>
  readonly isOnContext: boolean
}

export const packages: Readonly<
  Record<string, { readonly kind: Kind; readonly view: Site['view']; readonly helper: string }>
> = {
  '@middy/ssm': { kind: 'ssm', view: 'parameters', helper: 'ssmParam' },
  '@middy/secrets-manager': { kind: 'secretsManager', view: 'secrets', helper: 'secret' },
}
