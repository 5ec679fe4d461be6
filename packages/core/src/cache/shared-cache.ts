import { perThread } from '../shared/per-thread.ts'
import { createCache } from './cache.ts'

/** The one cache of this thread: handlers, middlewares and copies of this package share it. */
export const sharedCache = /* @__PURE__ */ perThread('cache/3', () => createCache())
