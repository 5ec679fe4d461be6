import { isDeepStrictEqual } from 'node:util'
import type { KeyHandle } from '../view/key-handle.ts'
import type { DeclaredKey } from './declared-key.ts'

/** Whether a key of a view and a declared key mean the same: what is fetched, how it is read, and the fallback. */
export function isSameDeclaration(handle: KeyHandle, key: DeclaredKey): boolean {
  return handle.reading === key.reading && isDeepStrictEqual(handle.fallback, key.fallback)
}
