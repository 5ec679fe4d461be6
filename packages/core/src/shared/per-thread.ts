/**
 * One object per thread under a global symbol, so that every copy of this package (another version, ESM beside
 * CommonJS) uses the same one. The name ends in a number, which grows when the object's shape changes: copies that
 * differ then keep to themselves.
 */
export function perThread<Shared>(name: string, create: () => Shared): () => Shared {
  const key = Symbol.for(`@secrets-cache/core/${name}`)
  return () => {
    const shared = globalThis as { [name: symbol]: Shared | undefined }
    shared[key] ??= create()
    return shared[key]
  }
}
