import { type SecretsCacheError, TimeoutError } from '../errors/index.ts'
import { type Clock, systemClock } from '../shared/clock.ts'
import type { Emit } from '../shared/events.ts'
import { limits as defaultLimits, type Limits } from '../shared/limits.ts'
import { callSource, questionKey } from '../source/call-source.ts'
import type { Outcome } from '../source/source.ts'
import { backoffDelay } from './backoff.ts'
import { createEntries, type Entries } from './entries.ts'
import type { Entry } from './entry.ts'
import { type Flight, type Landable, landable } from './flight.ts'
import { type Held, hold } from './held.ts'
import { createRefresh, type Refreshes } from './refresh.ts'
import { isBackingOff, isLive } from './state.ts'

/** What was fetched, and the one load that may run for each thing. Every change of an entry is made here. */
export interface Cache extends Refreshes {
  readonly clock: Clock
  readonly limits: Limits
  readonly entries: Entries
  /** Differs whenever what was prepared from the entries may be out of date. */
  readonly epoch: () => number
  /** The load of an entry that is alive now; one found dead is given up here. */
  readonly liveFlight: (entry: Entry, emit: Emit) => Flight | undefined
  /** Starts one load, in one call of their source, for the entries that have none alive. */
  readonly load: (entries: Iterable<Entry>, emit: Emit) => void
  /** The same before anybody asked, for what has no value: a failure keeps no read from asking again. */
  readonly prefetch: (entries: Iterable<Entry>, emit: Emit) => void
  /** Remembers the value that somebody found not to work, or forgets that again. */
  readonly reject: (entry: Entry, held: Held | undefined) => void
  /** Forgets every value. Loads that run are given up, and their waiters look again. */
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
  // A load found dead keeps no entry: its source may never have heard the abort.
  const isLoading = ({ flight }: Entry) => isLive(flight, clock.now(), limits)
  const entries = createEntries(limits.dynamicEntries, isLoading)
  let lastSeq = 0
  let epoch = 0
  const changeEpoch = () => {
    // Stryker disable next-line UpdateOperator: any other number will do.
    epoch++
  }

  function liveFlight(entry: Entry, emit: Emit): Flight | undefined {
    if (entry.flight && !isLive(entry.flight, clock.now(), limits)) abandon(entry, entry.flight, emit)
    return entry.flight
  }

  function load(wanted: Iterable<Entry>, emit: Emit, how: Start = {}): void {
    const all = [...new Set(wanted)]
    // All looked at first: a listener that is told of a dead load may read, and so start one.
    for (const entry of all) liveFlight(entry, emit)
    const idle = all.filter(({ flight }) => !flight)
    if (idle.length > 0) start(idle, emit, how)
  }

  function prefetch(wanted: Iterable<Entry>, emit: Emit): void {
    const now = clock.now()
    const missing = [...wanted].filter((entry) => entry.seq === 0 && !isBackingOff(entry, now))
    load(missing, emit, { isPrefetch: true })
  }

  /** Starts a load for entries of one source that have none. */
  function start(idle: readonly Entry[], emit: Emit, { waiting, isPrefetch = false }: Start): void {
    const { source } = idle[0] as Entry
    const isForced = waiting !== undefined
    const startedAt = clock.now()
    // One for all: what was loaded together expires together, and is loaded together again.
    const draw = random()
    const controller = new AbortController()
    for (const entry of idle) {
      if (isForced) entry.forcedAt = startedAt
      entry.flight = {
        ...(waiting ?? landable()),
        seq: ++lastSeq,
        startedAt,
        draw,
        isForced,
        isPrefetch,
        abort: () => controller.abort(),
        successor: undefined,
        lastRetry: undefined,
      }
    }
    const legs = idle.map((entry) => ({ entry, flight: entry.flight as Flight }))
    const questions = [
      ...Map.groupBy(legs, ({ entry }) => questionKey(source, entry.reference, entry.arn)).values(),
    ]
    callSource(
      {
        source,
        references: questions.map(([first]) => (first as (typeof legs)[number]).entry.reference),
        isForced,
        controller,
        emit,
        onOutcome: (index, outcome) => {
          for (const [place, { entry, flight }] of (questions[index] as typeof legs).entries()) {
            if (place === 0 || isShared(entry, outcome)) settle(entry, flight, outcome, emit)
            else part(entry, flight)
          }
        },
        onRetry: (index, error) => {
          for (const { flight } of questions[index] ?? []) flight.lastRetry = error
        },
      },
      clock,
      limits,
    )
  }

  function settle(entry: Entry, flight: Flight, outcome: Outcome, emit: Emit): void {
    // An overdue answer is as good as any; an overdue failure says no more than that its time was over.
    if (!outcome.ok && outcome.error.transient) liveFlight(entry, emit)
    const isCurrent = entry.flight === flight
    if (isCurrent) entry.flight = undefined
    if (outcome.ok) {
      store(entry, flight, outcome, emit)
    } else if (isCurrent) {
      if (!outcome.error.transient) refuseUpTo(entry, flight.seq)
      fail(entry, flight, outcome.error, clock.now(), emit)
      if (flight.isForced) tellRefresh(entry, 'failed', emit)
      flight.land({ status: 'failed', error: outcome.error })
    }
    if (isCurrent) startSuccessor(entry, flight)
  }

  /** Gives up a load that asked for another thing, as it turned out: those who wait ask for their own. */
  function part(entry: Entry, flight: Flight): void {
    entry.arn = undefined
    const isCurrent = entry.flight === flight
    if (isCurrent) entry.flight = undefined
    flight.land({ status: 'superseded' })
    if (isCurrent) startSuccessor(entry, flight)
  }

  function store(entry: Entry, flight: Flight, answer: Outcome & { ok: true }, emit: Emit): void {
    // Given up long ago, and something newer has been heard since.
    // Stryker disable next-line EqualityOperator: a load is heard once, so no other has its number.
    if (flight.seq < entry.floor) return
    const before = entry.held
    const held = hold(answer.value, answer.version, before)
    const isChanged = before === undefined || before.readings !== held.readings
    entry.held = held
    entry.arn = answer.arn
    entry.seq = flight.seq
    entry.floor = flight.seq
    entry.loadedAt = flight.startedAt
    entry.draw = flight.draw
    entry.failures = 0
    entry.error = undefined
    changeEpoch()
    emit('loaded', () => ({
      id: entry.reference.id,
      source: entry.source.name,
      milliseconds: clock.now() - flight.startedAt,
      isChanged,
    }))
    if (flight.isForced) tellRefresh(entry, isChanged ? 'changed' : 'unchanged', emit)
    flight.land({ status: 'loaded', held })
  }

  function fail(entry: Entry, flight: Flight, error: SecretsCacheError, failedAt: number, emit: Emit): void {
    // A failed prefetch was nobody's answer: the first read asks again at once.
    const isFree = flight.isPrefetch && entry.failures === 0
    entry.failures++
    entry.failedAt = failedAt
    entry.delay = isFree ? 0 : backoffDelay(entry.failures, random(), limits)
    entry.error = error
    emit('failed', () => ({
      id: entry.reference.id,
      source: entry.source.name,
      code: error.code,
      pauseMilliseconds: entry.delay,
    }))
  }

  /** Gives up a load that lived longer than any may. It failed when its time was over, not when somebody looked. */
  function abandon(entry: Entry, flight: Flight, emit: Emit): void {
    entry.flight = undefined
    flight.abort()
    fail(entry, flight, timeoutOf(flight), flight.startedAt + limits.loadTimeout, emit)
    flight.land({ status: 'superseded' })
    startSuccessor(entry, flight)
  }

  function startSuccessor(entry: Entry, { successor }: Flight): void {
    if (!successor) return
    const { flight } = entry
    if (!flight) start([entry], successor.emit, { waiting: successor })
    // A listener that was told of the end has read meanwhile: after that load, then.
    else if (flight.successor) void flight.successor.landing.then(successor.land)
    else flight.successor = successor
  }

  const { refresh, refreshRejected } = createRefresh({
    clock,
    limits,
    liveFlight,
    lastSeq: () => lastSeq,
    startForced: (entry, emit, waiting) => start([entry], emit, { waiting }),
  })

  function clear(): void {
    entries.forgetDynamic()
    for (const entry of entries.all()) {
      const { flight } = entry
      entry.flight = undefined
      entry.held = undefined
      entry.error = undefined
      entry.rejected = undefined
      entry.seq = 0
      // An answer that is still on its way belongs to the past.
      refuseUpTo(entry, ++lastSeq)
      entry.failures = 0
      entry.forcedAt = Number.NaN
      flight?.abort()
      flight?.land({ status: 'superseded' })
      if (flight) startSuccessor(entry, flight)
    }
    changeEpoch()
  }

  return {
    clock,
    limits,
    entries,
    epoch: () => epoch,
    liveFlight,
    load: (wanted, emit) => load(wanted, emit),
    prefetch,
    refresh,
    refreshRejected,
    reject: (entry, held) => {
      entry.rejected = held
    },
    clear,
  }
}

interface Start {
  /** What already waits for this load, which is a forced one. */
  readonly waiting?: Landable
  readonly isPrefetch?: boolean
}

function refuseUpTo(entry: Entry, seq: number): void {
  entry.floor = seq
  entry.refused = seq
}

/** Whether what another name of it was answered is true of this one: not when that name means another secret by now. */
function isShared({ arn, reference }: Entry, outcome: Outcome): boolean {
  return outcome.ok ? outcome.arn === (arn ?? reference.id) : outcome.error.code !== 'NOT_FOUND'
}

/** Why a load, or a wait for it, ended without an answer: with the last thing that was heard, where there is one. */
export function timeoutOf(flight: Flight | undefined): TimeoutError {
  const last = flight?.lastRetry
  if (!last) return new TimeoutError()
  return new TimeoutError({ reason: `the last attempt said ${last.code}`, remedy: last.remedy })
}

function tellRefresh(entry: Entry, result: 'changed' | 'unchanged' | 'failed', emit: Emit): void {
  emit('refresh', () => ({ id: entry.reference.id, source: entry.source.name, result }))
}
