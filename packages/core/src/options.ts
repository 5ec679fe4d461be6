import type { Cache } from './cache.ts'
import { checkDuration, checkOptions, nameOf } from './check.ts'
import { ConfigurationError } from './errors/index.ts'
import type { OnEvent } from './events.ts'
import type { Source } from './source.ts'
import type { CacheTimes } from './times.ts'

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

const optionNames = [
  'source',
  'maxAge',
  'staleWhileRevalidate',
  'staleIfError',
  'timeoutMilliseconds',
  'prefetch',
  'onEvent',
  'cache',
]

/** Refuses an option that is unknown or cannot be, before anything is done with the others. */
export function checkSecretsOptions(where: string, options: object, declarable: Declarable): void {
  checkOptions(where, options, [...declarable, ...optionNames])
  const { maxAge, staleWhileRevalidate, staleIfError, timeoutMilliseconds, ...others } =
    options as SecretsOptions
  const { prefetch, onEvent, source, cache } = others
  checkDuration(`${where}: maxAge`, maxAge, 'seconds', true)
  checkDuration(`${where}: staleWhileRevalidate`, staleWhileRevalidate, 'seconds', true)
  checkDuration(`${where}: staleIfError`, staleIfError, 'seconds', true)
  checkDuration(`${where}: timeoutMilliseconds`, timeoutMilliseconds, 'milliseconds', false)
  const isKind = (given: unknown, kind: string) => given === undefined || typeof given === kind
  if (!isKind(prefetch, 'boolean'))
    throw refusal(`${where}: prefetch is ${nameOf(prefetch)}`, 'Give true or false.')
  if (!isKind(onEvent, 'function'))
    throw refusal(`${where}: onEvent is ${nameOf(onEvent)}`, 'Give a function.')
  if (!isSource(source)) {
    throw refusal(
      `${where}: source is ${nameOf(source)}`,
      'Give extension(), sdk(), or { name, identity, fetch }.',
    )
  }
  if (cache !== undefined && !isCache(cache))
    throw refusal(`${where}: cache is ${nameOf(cache)}`, 'Give createCache().')
}

function isSource(candidate: unknown): candidate is Source {
  const { name, identity, fetch } = (candidate ?? {}) as Partial<Source>
  return typeof name === 'string' && typeof identity === 'string' && typeof fetch === 'function'
}

function isCache(candidate: unknown): candidate is Cache {
  const { load, entries } = (candidate ?? {}) as Partial<Cache>
  return typeof load === 'function' && typeof entries?.of === 'function'
}

function refusal(reason: string, remedy: string): ConfigurationError {
  return new ConfigurationError({ reason, remedy })
}
