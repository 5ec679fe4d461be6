// For tests: of this library, of a source of one's own, of handlers.
export { type Cache, type CacheOptions, createCache } from '../cache/cache.ts'
export type { Clock } from '../shared/clock.ts'
export { firstOfWith } from '../source/first-of.ts'
export { type FakeClock, fakeClock } from './fake-clock.ts'
export { fetchContext, fetchWith } from './fetch-with.ts'
export { type MemorySource, type MemoryValues, memorySource } from './memory-source.ts'
export { type Question, type ScriptedSource, scriptedSource } from './scripted-source.ts'
export {
  type ContractCheck,
  type ContractSetup,
  sourceContract,
} from './source-contract.ts'
