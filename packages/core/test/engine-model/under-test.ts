import { createCache } from '../../src/cache/cache.ts'
import { text } from '../../src/declare/declare.ts'
import { collect } from '../../src/read/collect.ts'
import type { Limits } from '../../src/shared/limits.ts'

/** What the model drives. */
export const engine = { createCache, collect, text } as const

export type UnderTest = typeof engine

/** Small numbers: a random event meets a boundary often, and a short load timeout finds what a long one hides. */
export const modelLimits: Limits = {
  maxAgeJitter: 0.5,
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
