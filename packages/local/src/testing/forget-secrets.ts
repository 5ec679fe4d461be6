/** The symbol of secrets-cache's cache begins with this in every version; this package imports nothing of it. */
const PLACE = '@secrets-cache/core/cache/'

/** Empties the cache of secrets-cache in this process, if there is one. */
export const forgetSecrets = (): void => {
  for (const symbol of Object.getOwnPropertySymbols(globalThis)) {
    if (!Symbol.keyFor(symbol)?.startsWith(PLACE)) continue
    const cache = (globalThis as Record<symbol, unknown>)[symbol] as { readonly clear?: () => void }
    cache.clear?.()
  }
}
