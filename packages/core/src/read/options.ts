import type { Cache } from '../cache/cache.ts'
import type { CacheTimes } from '../declare/times.ts'
import {
  checkOptionValues,
  checkValue,
  flag,
  milliseconds,
  type OptionCheck,
  seconds,
} from '../shared/check.ts'
import type { OnEvent } from '../shared/events.ts'
import type { Source } from '../source/source.ts'

/** How a middleware, or `createSecrets`, reads what it declares. Cache times are seconds. */
export interface SecretsOptions extends CacheTimes {
  /** Where values come from. */
  readonly source?: Source | undefined
  /** How long a read may wait, at most; never longer than the invocation's remaining time. @default 2000 */
  readonly timeoutMilliseconds?: number | undefined
  /** Whether to start loading when this is made, where the source allows it: at INIT. @default true */
  readonly prefetch?: boolean | undefined
  /** Called with every event. It gets no value, ever. */
  readonly onEvent?: OnEvent | undefined
  /** Where values are kept. @default the cache that everything in this thread shares */
  readonly cache?: Cache | undefined
}

export const defaultTimeoutMilliseconds = 2_000

/** The views a maker can declare. */
export type Declarable = readonly ('secrets' | 'parameters')[]

const checks: Readonly<Record<keyof SecretsOptions, OptionCheck>> = {
  source: [isSource, 'extension(), direct(), sdk(), or { name, identity, fetch }'],
  maxAge: seconds,
  staleWhileRevalidate: seconds,
  staleIfError: seconds,
  timeoutMilliseconds: milliseconds,
  prefetch: flag,
  onEvent: [(given) => typeof given === 'function', 'a function'],
  cache: [isCache, 'createCache() of @secrets-cache/core/testing'],
}

/** Declarations are checked in keys/declared-key.ts. */
// Stryker disable next-line StringLiteral: nothing is refused, so nothing is told.
const declared: OptionCheck = [() => true, '']

/** Refuses an option that is unknown or cannot be, before anything is done with the others. */
export function checkSecretsOptions(where: string, options: SecretsOptions, declarable: Declarable): void {
  const declarations = Object.fromEntries(declarable.map((view) => [view, declared]))
  checkOptionValues(where, options, { ...declarations, ...checks })
  checkValue(`${where}: source`, options.source, checks.source)
}

function isSource(candidate: unknown): candidate is Source {
  const { name, identity, fetch } = (candidate ?? {}) as Partial<Source>
  return typeof name === 'string' && typeof identity === 'string' && typeof fetch === 'function'
}

function isCache(candidate: unknown): candidate is Cache {
  const { load, entries } = (candidate ?? {}) as Partial<Cache>
  return typeof load === 'function' && typeof entries?.of === 'function'
}
