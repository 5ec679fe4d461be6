import type { DeclaredKey } from '../keys/declared-key.ts'
import { ifShared, perThread } from '../shared/per-thread.ts'

/** What a reader declares, as a tool finds it in the registry. */
export interface RegisteredReader {
  /** What made it: `secretsCache`, `parametersCache` or `createSecrets`. */
  readonly maker: string
  /** None where names are known only at run time. */
  readonly keys: readonly DeclaredKey[]
  readonly context: { readonly timeoutMilliseconds: number }
}

const name = 'registry/1'

/** The registry, if a tool has opened one. In production there is none. */
export const openedRegistry = ifShared<RegisteredReader[]>(name)

/**
 * Opens the registry of this thread: every reader that is made from now on, by whichever copy of this package, adds
 * itself to it and prefetches nothing. For tools, before they import a handler.
 */
export const openRegistry = /* @__PURE__ */ perThread(name, (): RegisteredReader[] => [])
