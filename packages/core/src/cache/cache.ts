import { type Clock, systemClock } from '../shared/clock.ts'
import type { Emit } from '../shared/events.ts'
import { limits as defaultLimits, type Limits } from '../shared/limits.ts'
import type { Source } from '../source/source.ts'
import { isBackingOff } from './backoff.ts'
import { createEntries, type Entries } from './entries.ts'
import type { Entry } from './entry.ts'
import type { Load } from './load.ts'
import { Loader } from './loader.ts'
import { isLive } from './state.ts'

/** What was fetched, and the one load that may run for each thing. */
export interface Cache {
  /** What tells the time. */
  readonly clock: Clock
  /** Times in milliseconds, and counts. */
  readonly limits: Limits
  /** What was fetched, an entry for each thing. */
  readonly entries: Entries
  /** Starts and ends loads. */
  readonly loader: Loader
  /** Grows with each change after which prepared views must not be given again. */
  readonly epoch: () => number
  /** The load of an entry that is alive now; one found dead is given up here. */
  readonly liveLoad: (entry: Entry, emit: Emit) => Load | undefined
  /** Starts one load, in one call of the source, for the entries that have none alive. */
  readonly load: (source: Source, entries: Iterable<Entry>, emit: Emit) => void
  /** Loader entries without a value before anybody asks. If that fails, the first read asks at once. */
  readonly prefetch: (source: Source, entries: Iterable<Entry>, emit: Emit) => void
  /** Forgets every value. Loader that run are cancelled, and those who wait look again. */
  readonly clear: () => void
}

/** What a cache takes from outside: for tests, and for none of it in production. */
export interface CacheOptions {
  /** @default the clock of the system */
  readonly clock?: Clock
  /** From 0 up to 1, as Math.random gives it. */
  readonly random?: () => number
  /** Times in milliseconds, and counts. @default those of production */
  readonly limits?: Partial<Limits>
}

/**
 * A cache of its own, where production has one for all readers of a process.
 * @example createCache({ clock: fakeClock() })
 */
export function createCache(options: CacheOptions = {}): Cache {
  const { clock = systemClock, random = Math.random } = options
  const limits: Limits = { ...defaultLimits, ...options.limits }
  const loader = new Loader(clock, limits, random)
  // An entry that is being read is never evicted. A dead load does not protect its entry: its source may ignore the abort.
  const isInUse = ({ state, isBeingRead }: Entry) => isBeingRead || isLive(state.load, clock.now(), limits)
  const entries = createEntries(limits.dynamicEntries, isInUse)

  return {
    clock,
    limits,
    entries,
    loader,
    epoch: () => loader.epoch,
    liveLoad: (entry, emit) => loader.live(entry, emit),
    load: (source, wanted, emit) => loader.start(source, wanted, emit),
    prefetch(source, wanted, emit) {
      const now = clock.now()
      const missing = [...wanted].filter(({ state }) => !state.loaded && !isBackingOff(state, now))
      loader.start(source, missing, emit, { isPrefetch: true })
    },
    clear() {
      entries.forgetDynamic()
      loader.clear(entries.all())
    },
  }
}
