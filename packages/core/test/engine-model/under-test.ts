import type { createCache } from '../../src/cache.ts'
import type { collect } from '../../src/collect.ts'
import type { text } from '../../src/declare.ts'
import type { Limits } from '../../src/limits.ts'

/** What the model drives: the engine, or a copy of it with a fault in it. */
export interface UnderTest {
  readonly createCache: typeof createCache
  readonly collect: typeof collect
  readonly text: typeof text
}

/** The engine in a folder of sources. */
export async function engineIn(folder: URL): Promise<UnderTest> {
  const load = (file: string) => import(new URL(file, folder).href)
  const [cache, collecting, declaring] = await Promise.all(['cache.ts', 'collect.ts', 'declare.ts'].map(load))
  return { ...cache, ...collecting, ...declaring }
}

export const sources = new URL('../../src/', import.meta.url)

/** Small numbers: a random event meets a boundary often, and a short load timeout finds what a long one hides. */
export const modelLimits: Limits = {
  jitter: 0.5,
  backoffBase: 4,
  backoffMax: 16,
  loadTimeout: 8,
  softWait: 3,
  margin: 0,
  firstShare: 4,
  minimumRefreshInterval: 5,
  pauseJitter: 0,
  dynamicEntries: 4,
  lateMilliseconds: 2,
  graceMilliseconds: 1,
}
