import type { NodePath } from '@babel/traverse'
import type { CallExpression, Expression } from '@babel/types'

/** One value that a call of Powertools asks for. */
export interface Wanted {
  readonly view: 'secrets' | 'parameters'
  readonly name: NodePath<Expression>
  readonly format: 'text' | 'json' | 'list' | 'tree' | 'binary'
  /** The `T` of `json<T>`, or of a tree. */
  readonly type: string | undefined
  /** Seconds, as code; none where Powertools' default of 5 holds. */
  readonly maxAge: string | undefined
  /** Further options of the reference, as code. */
  readonly options: readonly string[]
  /** Powertools decodes it from base64. */
  readonly isBase64: boolean
  /** It may be a StringList, whose text Powertools gives. */
  readonly isDoubtful: boolean
}

/** One call, read. */
export interface Asked {
  readonly call: NodePath<CallExpression>
  /** One value; or several by their names, of `getParametersByName`. */
  readonly wanted: readonly Wanted[]
  readonly isByName: boolean
}

/** What reads them from now on: one `createSecrets` for the functions of Powertools, and one for each provider. */
export interface Reader {
  /** The declaration of a provider, whose place it takes; none for the functions. */
  readonly provider: NodePath | undefined
  readonly name: string
  /** As code. */
  readonly source: string
  readonly asked: readonly Asked[]
}

/** A value that is declared, by its key. */
export interface DeclaredValue {
  readonly key: string
  readonly wanted: Wanted
}
