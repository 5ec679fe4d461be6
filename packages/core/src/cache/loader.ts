import type { SecretsCacheError } from '../errors/index.ts'
import type { Clock } from '../shared/clock.ts'
import type { Emit } from '../shared/events.ts'
import type { Limits } from '../shared/limits.ts'
import { callSource, questionKey } from '../source/call-source.ts'
import type { Outcome, Source } from '../source/source.ts'
import { isSharedBy } from './alias.ts'
import { backoffPause } from './backoff.ts'
import type { Entry } from './entry.ts'
import { type Awaitable, type Load, type LoadResult, timeoutOf } from './load.ts'
import { isLive } from './state.ts'
import { storedValue } from './stored-value.ts'

interface Start {
  /** The promise to settle with this load. Given only for forced loads. */
  readonly awaiting?: Awaitable
  readonly isPrefetch?: boolean
}

/**
 * Starts loads and ends them: at most one is alive for each entry. Each change is made first, then told as an event, then
 * given to those who wait, so a listener always finds a consistent state.
 */
export class Loader {
  readonly clock: Clock
  readonly limits: Limits
  readonly #random: () => number
  /** The number of the last load that was started. */
  lastSeq = 0
  /** Grows with each change after which prepared views must not be given again. */
  epoch = 0

  constructor(clock: Clock, limits: Limits, random: () => number) {
    this.clock = clock
    this.limits = limits
    this.#random = random
  }

  /** The load of an entry that is alive now; one found dead is given up here. */
  live(entry: Entry, emit: Emit): Load | undefined {
    const { load } = entry.state
    if (load && !isLive(load, this.clock.now(), this.limits)) this.#giveUp(entry, load, emit)
    return entry.state.load
  }

  /** Starts one load, in one call of the source, for the entries that have none alive. */
  start(source: Source, wanted: Iterable<Entry>, emit: Emit, how: Start = {}): void {
    const entries = [...new Set(wanted)]
    // Dead loads are given up before the others are chosen: that emits events, and a listener may start a load.
    for (const entry of entries) this.live(entry, emit)
    const idle = entries.filter(({ state }) => !state.load)
    if (idle.length > 0) this.#startIdle(source, idle, emit, how)
  }

  #startIdle(source: Source, idle: readonly Entry[], emit: Emit, { awaiting, isPrefetch = false }: Start) {
    const startedAt = this.clock.now()
    // One for all: what was loaded together expires together, and is loaded together again.
    const jitter = this.#random()
    const controller = new AbortController()
    const isForced = awaiting !== undefined
    const loads = idle.map((entry) => {
      const load: Load = {
        ...(awaiting ?? Promise.withResolvers<LoadResult>()),
        source,
        seq: ++this.lastSeq,
        startedAt,
        jitter,
        isForced,
        isPrefetch,
        abort: () => controller.abort(),
        next: undefined,
        tellOnTimeout: undefined,
      }
      entry.begin(load)
      return { entry, load }
    })
    const questions = [
      ...Map.groupBy(loads, ({ entry: { reference, state } }) => questionKey(reference, state.arn)).values(),
    ]
    callSource(
      {
        source,
        references: questions.map(([first]) => (first as (typeof loads)[number]).entry.reference),
        isForced,
        controller,
        emit,
        onOutcome: (index, outcome) => {
          for (const [place, { entry, load }] of (questions[index] as typeof loads).entries()) {
            if (place === 0 || isSharedBy(entry, outcome)) this.#settle(entry, load, outcome, emit)
            else this.#detachAlias(entry, load)
          }
        },
        onRetry: (index, error) => {
          for (const { load } of questions[index] ?? []) load.tellOnTimeout = error
        },
      },
      this.clock,
      this.limits,
    )
  }

  #settle(entry: Entry, load: Load, outcome: Outcome, emit: Emit): void {
    // Past loadTimeout a value is still used; a transient failure gives the load up as timed out.
    if (!outcome.ok && outcome.error.transient) this.live(entry, emit)
    const isCurrent = entry.state.load === load
    entry.end(load)
    if (outcome.ok) {
      this.#store(entry, load, outcome, emit)
    } else if (isCurrent) {
      const { error } = outcome
      if (!error.transient) entry.voidUpTo(load.seq)
      this.#fail(entry, load, error, this.clock.now(), emit)
      if (load.isForced) tellRefresh(entry, load, 'failed', emit)
      load.resolve({ status: 'failed', error })
    }
    if (isCurrent) this.#startNext(entry, load)
  }

  #store(entry: Entry, load: Load, answer: Outcome & { ok: true }, emit: Emit): void {
    const before = entry.state.loaded
    // A newer load has stored a value or failed for good, or the cache was cleared.
    // Stryker disable next-line EqualityOperator: a load is answered once, so no other has its number.
    if (load.seq < Math.max(before?.seq ?? 0, entry.state.voidSeq)) return
    const { startedAt: loadedAt, seq, jitter } = load
    const { version } = answer
    const value = storedValue(answer.value, before?.value)
    const isChanged = value !== before?.value
    const loaded = { value, version, seq, loadedAt, jitter }
    entry.store(loaded, answer.arn)
    this.epoch++
    emit('loaded', () => {
      const milliseconds = this.clock.now() - loadedAt
      return { ...subjectOf(entry, load), milliseconds, isChanged, version }
    })
    if (load.isForced) tellRefresh(entry, load, isChanged ? 'changed' : 'unchanged', emit)
    load.resolve({ status: 'loaded', loaded })
  }

  #fail(entry: Entry, load: Load, error: SecretsCacheError, failedAt: number, emit: Emit): void {
    const { failure } = entry.state
    const count = (failure?.count ?? 0) + 1
    // Nobody waited for a failed prefetch, and a source that is still starting need not be spared: no pause at first.
    const isFree = !failure && (load.isPrefetch || error.code === 'NOT_READY')
    const pause = isFree ? 0 : backoffPause(count, this.#random(), this.limits)
    entry.fail({ count, failedAt, pause, error })
    emit('failed', () => ({ ...subjectOf(entry, load), code: error.code, pauseMilliseconds: pause }))
  }

  /** The alias now resolves to a different ARN, or fails: those who wait reload by their own name. */
  #detachAlias(entry: Entry, load: Load): void {
    const isCurrent = entry.state.load === load
    entry.detachAlias()
    entry.end(load)
    load.resolve({ status: 'superseded' })
    if (isCurrent) this.#startNext(entry, load)
  }

  /** Gives up a load that lived too long. It failed when its time was over, not when somebody looked. */
  #giveUp(entry: Entry, load: Load, emit: Emit): void {
    entry.end(load)
    this.#fail(entry, load, timeoutOf(load), load.startedAt + this.limits.loadTimeout, emit)
    load.abort()
    load.resolve({ status: 'superseded' })
    this.#startNext(entry, load)
  }

  #startNext(entry: Entry, { next }: Load): void {
    if (!next) return
    const { load } = entry.state
    if (!load) this.#startIdle(next.source, [entry], next.emit, { awaiting: next })
    // A listener has started another load meanwhile: the forced one follows that.
    else if (load.next) void load.next.promise.then(next.resolve)
    else load.next = next
  }

  /** Forgets every value. Loader that run are cancelled, and those who wait look again. */
  clear(entries: Iterable<Entry>): void {
    const seq = ++this.lastSeq
    const running = [...entries].flatMap((entry) => {
      const { load } = entry.state
      entry.clear(seq)
      return load ? [{ entry, load }] : []
    })
    this.epoch++
    for (const { load } of running) {
      load.resolve({ status: 'superseded' })
      load.abort()
    }
    for (const { entry, load } of running) this.#startNext(entry, load)
  }
}

const subjectOf = ({ reference }: Entry, { source }: Load) => ({ id: reference.id, source: source.name })

function tellRefresh(entry: Entry, load: Load, result: 'changed' | 'unchanged' | 'failed', emit: Emit): void {
  emit('refresh', () => ({ ...subjectOf(entry, load), result }))
}
