import type { Cache } from '../cache/cache.ts'
import { type State, stateOf } from '../cache/state.ts'
import type { Reference } from '../declare/reference.ts'
import type { DeclaredKey } from '../keys/declared-key.ts'

/** What is known of one declared key. Never its value. All times in seconds. */
export interface Description {
  /** The declared key with its view: `secrets.db`. */
  readonly key: string
  /** `secret`, `parameter` or `tree`. */
  readonly kind: Reference['kind']
  /** Name, path or ARN. */
  readonly id: string
  /** The name of the source. */
  readonly source: string
  /** What a read would find now. */
  readonly state: State
  /** The VersionId of a secret or the number of a parameter that is held now, where the source tells it. */
  readonly version: string | undefined
  /** How old the value is now, where there is one. */
  readonly ageSeconds: number | undefined
  /** For how long a value is fresh. */
  readonly maxAge: number
  /** How old a value can already be when the source gives it from a cache of its own. */
  readonly cachedFor: number
  /** How old a value can be while all goes well: the source's cache, maxAge and staleWhileRevalidate. */
  readonly worstAge: number
  /** The same in an outage: with staleIfError. */
  readonly worstAgeInOutage: number
}

export function describeKey(key: DeclaredKey, { clock, limits }: Cache): Description {
  const { times, reference, source, entry, subject } = key
  const { loaded } = entry.state
  const cachedFor = source.cachedFor?.(reference) ?? 0
  return {
    ...subject,
    kind: reference.kind,
    version: loaded?.version,
    state: stateOf(entry.state, times, clock.now(), limits),
    ageSeconds: loaded && (clock.now() - loaded.loadedAt) / 1_000,
    maxAge: times.maxAge / 1_000,
    cachedFor,
    worstAge: cachedFor + (times.maxAge + times.staleFor) / 1_000,
    worstAgeInOutage: (source.cachedFor?.(reference, true) ?? 0) + (times.maxAge + times.usableFor) / 1_000,
  }
}
