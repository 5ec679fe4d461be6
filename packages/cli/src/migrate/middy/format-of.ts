import type { Evidence } from './evidence.ts'
import type { FetchedKey, Format, Kind } from './site.ts'
import type { SaidType } from './type-of-key.ts'

/** How a key is declared, and what is to be decided by a person. */
export interface Declared {
  readonly key: FetchedKey
  readonly format: Format
  /** The `T` of `json<T>`. */
  readonly type: string | undefined
  readonly doubt: 'kind' | 'list' | 'type' | 'tree' | undefined
}

/** Middy tells by the value; here it is declared. The code may show what the value is, or say its type. */
export function formatOf(
  key: FetchedKey,
  kind: Kind,
  { shows, said }: Evidence,
  helper: SaidType | undefined,
  isTypeScript: boolean,
): Declared {
  if (key.isPath) return { key, format: 'tree', type: undefined, doubt: 'tree' }
  const type = helper ?? said
  const sure = [...shows].filter((each) => each !== 'print')
  const printed = shows.has('print') && kind === 'secretsManager' ? 'text' : undefined
  const shown = sure.length > 1 ? undefined : (sure[0] ?? printed)
  const isSaid = type !== undefined && type.kind !== 'unknown'
  const what = isSaid && (shown === undefined || shown === type.kind) ? type.kind : isSaid ? undefined : shown
  if (what === 'text') return { key, format: 'text', type: undefined, doubt: undefined }
  if (what === 'list' && kind === 'ssm') return { key, format: 'list', type: undefined, doubt: 'list' }
  if (what === 'list')
    return { key, format: 'json', type: typeOr(type, 'string[]', isTypeScript), doubt: undefined }
  if (what === 'object') {
    const isKnown = type !== undefined && type.text !== 'any'
    const text = isKnown ? withoutUndefined(type.text) : 'any'
    return {
      key,
      format: 'json',
      type: isTypeScript ? text : undefined,
      doubt: isTypeScript && !isKnown ? 'type' : undefined,
    }
  }
  // A type of another file: of an object rather than of a text.
  const isNamed = isTypeScript && type !== undefined && /^[A-Z][\w.]*$/.test(type.text)
  return { key, format: isNamed ? 'json' : 'text', type: isNamed ? type.text : undefined, doubt: 'kind' }
}

const typeOr = (type: SaidType | undefined, other: string, isTypeScript: boolean) =>
  isTypeScript ? (type === undefined || type.text === 'any' ? other : withoutUndefined(type.text)) : undefined

/** What is declared is there: an optional member of a type is a type without `undefined` here. */
const withoutUndefined = (text: string): string => text.replace(/\s*\|\s*undefined\b/, '')

/** The type of a value as it is declared now. */
export function declaredType({ format, type }: Declared): string {
  switch (format) {
    case 'text':
      return 'string'
    case 'list':
      return 'readonly string[]'
    case 'tree':
      return 'Readonly<Record<string, string | readonly string[]>>'
    case 'json':
      return type ?? 'any'
  }
}
