import { isDeepStrictEqual } from 'node:util'
import type { DeclaredKey } from './declared-key.ts'

/** Whether two declared keys mean the same: what is fetched, how it is read, and the fallback. */
export function isSameDeclaration(one: DeclaredKey, other: DeclaredKey): boolean {
  return one.reading === other.reading && isDeepStrictEqual(one.fallback, other.fallback)
}
