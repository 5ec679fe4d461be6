type Shared<Value> = { [name: symbol]: Value | undefined }

const symbolOf = (name: string) => Symbol.for(`@secrets-cache/core/${name}`)

/**
 * One object per thread under a global symbol, so that every copy of this package (another version, ESM beside
 * CommonJS) uses the same one. The name ends in a number, which grows when the object's shape changes: copies that
 * differ then keep to themselves.
 */
export function perThread<Value>(name: string, create: () => Value): () => Value {
  const key = symbolOf(name)
  return () => {
    const shared = globalThis as Shared<Value>
    shared[key] ??= create()
    return shared[key]
  }
}

/** The object of that name, if somebody has made it. */
export function ifShared<Value>(name: string): () => Value | undefined {
  const key = symbolOf(name)
  return () => (globalThis as Shared<Value>)[key]
}
