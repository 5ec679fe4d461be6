import { type Cache, createCache } from './cache.ts'

/** Grows when the shape of a cache changes, so that copies of the package that differ keep to themselves. */
const marker = Symbol.for('@secrets-cache/core/cache/1')

/** The one cache of this thread: handlers, middlewares and copies of this package share it. */
export function sharedCache(): Cache {
  const shared = globalThis as { [marker]?: Cache }
  shared[marker] ??= createCache()
  return shared[marker]
}
