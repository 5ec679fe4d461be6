import { type Clock, systemClock } from '../shared/clock.ts'
import type { Emit } from '../shared/events.ts'
import { limits as defaultLimits, type Limits } from '../shared/limits.ts'
import type { Source } from '../source/source.ts'
import { createEntries, type Entries } from './entries.ts'
import type { Entry } from './entry.ts'
import type { Load } from './load.ts'
import { Loads } from './loads.ts'
import { isBackingOff, isLive } from './state.ts'

/** What was fetched, and the one load that may run for each thing. */
export interface Cache {
  readonly clock: Clock
  readonly limits: Limits
  readonly entries: Entries
  /** Starts and ends loads. */
  readonly loads: Loads
  /** Differs whenever what was prepared from the entries may be out of date. */
  readonly epoch: () => number
  /** The load of an entry that is alive now; one found dead is given up here. */
  readonly liveLoad: (entry: Entry, emit: Emit) => Load | undefined
  /** Starts one load, in one call of the source, for the entries that have none alive. */
  readonly load: (source: Source, entries: Iterable<Entry>, emit: Emit) => void
  /** The same before anybody asked, for what has no value: a failure does not keep a read from asking again. */
  readonly prefetch: (source: Source, entries: Iterable<Entry>, emit: Emit) => void
  /** Forgets every value. Loads that run are cancelled, and those who wait look again. */
  readonly clear: () => void
}

export interface CacheOptions {
  readonly clock?: Clock
  /** From 0 up to 1, as Math.random gives it. */
  readonly random?: () => number
  readonly limits?: Partial<Limits>
}

export function createCache(options: CacheOptions = {}): Cache {
  const { clock = systemClock, random = Math.random } = options
  const limits: Limits = { ...defaultLimits, ...options.limits }
  const loads = new Loads(clock, limits, random)
  // A dead load does not keep its entry from eviction, because its source may ignore the abort; a read of it does.
  const isInUse = ({ state, isBeingRead }: Entry) => isBeingRead || isLive(state.load, clock.now(), limits)
  const entries = createEntries(limits.dynamicEntries, isInUse)

  return {
    clock,
    limits,
    entries,
    loads,
    epoch: () => loads.epoch,
    liveLoad: (entry, emit) => loads.live(entry, emit),
    load: (source, wanted, emit) => loads.start(source, wanted, emit),
    prefetch(source, wanted, emit) {
      const now = clock.now()
      const missing = [...wanted].filter(({ state }) => !state.loaded && !isBackingOff(state, now))
      loads.start(source, missing, emit, { isPrefetch: true })
    },
    clear() {
      entries.forgetDynamic()
      loads.clear(entries.all())
    },
  }
}
