import type { Cache } from '../../src/cache/cache.ts'
import type { Entry } from '../../src/cache/entry.ts'
import type { Loaded } from '../../src/cache/loaded.ts'
import type { Refreshed } from '../../src/cache/refresh.ts'
import { refresh, refreshRejected } from '../../src/cache/refresh.ts'
import type { DeclaredKey } from '../../src/keys/declared-key.ts'
import { readingOf } from '../../src/keys/reading.ts'
import type { Served } from '../../src/read/serve-value.ts'
import type { Emit } from '../../src/shared/events.ts'
import type { Source } from '../../src/source/source.ts'
import { Book, type Load, type StateName, type Times, violated } from './book.ts'
import { denied, unreachable } from './lean.ts'
import { type LeanClock, leanClock } from './lean-clock.ts'
import { modelLimits as limits, type UnderTest } from './under-test.ts'

/** What is counted over all sequences. */
export interface Statistics {
  readonly lengths: number[]
  readonly transitions: Map<string, number>
  readonly events: Map<string, number>
  loads: number
  calls: number
}

export const newStatistics = (): Statistics => ({
  lengths: [],
  transitions: new Map(),
  events: new Map(),
  loads: 0,
  calls: 0,
})

const readers: readonly Times[] = [
  { maxAge: 12, staleFor: 0, usableFor: 20 },
  { maxAge: 6, staleFor: 5, usableFor: 20 },
  { maxAge: 0, staleFor: 0, usableFor: 15 },
  { maxAge: 20, staleFor: 0, usableFor: 0 },
  { maxAge: 0, staleFor: 0, usableFor: 0 },
  { maxAge: Number.POSITIVE_INFINITY, staleFor: 0, usableFor: 0 },
]

const waits = [10, 10, 10, 10, 10, 4, 0, 2]

/** Each kind of event as often as it stands here. */
const kinds = [
  ...Array<'read'>(22).fill('read'),
  ...Array<'ok'>(9).fill('ok'),
  ...Array<'boundary'>(10).fill('boundary'),
  ...Array<'tick'>(5).fill('tick'),
  ...Array<'transient'>(4).fill('transient'),
  ...Array<'reject'>(4).fill('reject'),
  ...Array<'refresh'>(3).fill('refresh'),
  ...Array<'freeze'>(2).fill('freeze'),
  ...(['permanent', 'step', 'back', 'rotate', 'clear'] as const),
] as const

type Kind = (typeof kinds)[number]

interface Call {
  readonly what: 'read' | 'refresh' | 'reject'
  readonly reader: number
  readonly wait: number
  readonly event: number
  readonly since: number
  readonly live: number
  readonly startedAt: number
  readonly elapsed: number
  readonly jumps: number
  readonly served: number
  readonly state: StateName
  readonly stored: number
  readonly rejected: string
  isSettled: boolean
  /** Of a refresh: whether a load has begun that will answer it. */
  isFollowed: boolean
}

/** Runs one sequence of events against an engine and judges all that it does. Throws a `Violation`. */
export function runOneKey(
  underTest: UnderTest,
  sequence: readonly number[],
  drain: () => void,
  statistics: Statistics,
): void {
  const [first = 0] = sequence
  new OneKey(underTest, drain, statistics, (first % 3) / 2).run(sequence)
}

/** A sequence in words: what a counterexample does. */
export function narrate(sequence: readonly number[]): string {
  return sequence
    .map((drawn) => `${kinds[drawn % kinds.length]} ${(drawn >> 6) & 1_023} ${drawn >> 16}`)
    .join(', ')
}

class OneKey {
  readonly clock: LeanClock
  readonly book: Book
  readonly cache: Cache
  readonly source: Source
  readonly entry: Entry
  readonly keys: readonly DeclaredKey[]
  readonly emit: Emit
  readonly underTest: UnderTest
  readonly drain: () => void
  readonly statistics: Statistics
  readonly last: StateName[] = readers.map(() => 'empty')
  outstanding: Call[] = []
  handedOut: { readonly loaded: Loaded; readonly number: number }[] = []
  event = 0
  rotations = 0
  /** The newest load that any settled call has shown. */
  served = 0
  /** How often the wall clock and the timers have parted, and until when timers were frozen. */
  jumps = 0
  frozenUntil = 0
  violation: unknown

  constructor(underTest: UnderTest, drain: () => void, statistics: Statistics, draw: number) {
    this.underTest = underTest
    this.drain = drain
    this.statistics = statistics
    this.clock = leanClock(drain)
    this.book = new Book(draw, this.clock.now)
    this.cache = underTest.createCache({ clock: this.clock, random: () => draw, limits })
    this.source = {
      name: 'model',
      identity: 'model',
      fetch: (references, { fresh }) => [this.load(references.length, fresh) as never],
    }
    const reference = { kind: 'secret', id: 'a' } as const
    const { source } = this
    const entry = this.cache.entries.of(source.identity, reference, true)
    this.entry = entry
    const declared = underTest.text('a')
    const reading = readingOf(entry, declared)
    this.keys = readers.map((times, index) => {
      const subject = { key: `secrets.${index}`, id: 'a', source: 'model' }
      const own = { view: 'secrets', key: 'a', subject, declared, reference, source, times } as const
      return { ...own, fallback: undefined, entry, reading }
    })
    this.emit = (type, describe) => {
      if (type === 'failed') {
        const { code, pauseMilliseconds } = describe() as unknown as {
          code: string
          pauseMilliseconds: number
        }
        this.guard(() => this.book.failed(code, pauseMilliseconds))
      } else if (type === 'loaded') this.guard(() => this.book.kept())
    }
  }

  /** A violation must not be taken for a failure of the source by the engine under test. */
  guard(judge: () => void): void {
    try {
      judge()
    } catch (violation) {
      this.violation ??= violation
    }
  }

  run(sequence: readonly number[]): void {
    this.statistics.lengths.push(sequence.length)
    for (const drawn of sequence) {
      this.event++
      const kind = kinds[drawn % kinds.length] as Kind
      this.act(kind, (drawn >> 6) & 1_023, drawn >> 16)
      this.settle()
    }
    this.finish()
    this.statistics.loads += this.book.loads.length
  }

  settle(): void {
    this.drain()
    if (this.violation) throw this.violation
    this.checkWaiting()
  }

  act(kind: Kind, one: number, two: number): void {
    switch (kind) {
      case 'read':
        this.read(one % readers.length, waits[two % waits.length] as number)
        break
      case 'ok':
      case 'transient':
      case 'permanent':
        this.answer(this.pick(one), kind)
        break
      case 'boundary':
        this.toBoundary(one, (two % 3) - 1)
        break
      case 'tick':
        this.clock.advance(1 + (one % 4))
        break
      case 'refresh':
        this.refresh()
        break
      case 'reject':
        this.reject(one, two % readers.length)
        break
      case 'freeze':
        this.jumps++
        this.clock.freeze(1 + (one % 30))
        this.frozenUntil = this.clock.elapsed()
        break
      case 'step':
        this.jumps++
        this.clock.step(1 + (one % 40))
        break
      case 'back':
        this.jumps++
        this.clock.step(-1 - (one % 12))
        break
      case 'rotate':
        this.rotations++
        break
      case 'clear':
        this.book.clear()
        for (const call of this.outstanding) call.isFollowed = false
        this.cache.clear()
    }
  }

  /** A load that nobody has answered: mostly the newest. */
  pick(drawn: number): Load | undefined {
    const open = this.book.loads.filter(({ isAnswered }) => !isAnswered)
    return drawn % 4 === 0 ? open[drawn % open.length] : open.at(-1)
  }

  load(references: number, isForced: boolean): Promise<unknown> {
    const { book } = this
    const { promise, resolve } = Promise.withResolvers<unknown>()
    this.guard(() => {
      if (references !== 1) violated('one question', `${references} references`)
      this.justify(isForced)
      const number = book.loads.length + 1
      book.started({
        number,
        startedAt: this.clock.now(),
        isForced,
        value: `value ${this.rotations}`,
        answer: resolve,
        isAnswered: false,
        isOk: false,
        hasFailed: false,
        answeredAt: 0,
      })
      if (isForced) for (const call of this.outstanding) call.isFollowed ||= call.since < number
    })
    return promise
  }

  /** Every load has somebody who needs it, and keeps the pauses. */
  justify(isForced: boolean): void {
    const { book } = this
    if (!isForced) {
      if (book.isBackingOff()) violated('backoff', 'a plain load began within the pause')
      if (!this.outstanding.some(({ what }) => what === 'read')) violated('loads', 'nobody reads')
      return
    }
    if (this.outstanding.some(({ what, isFollowed }) => what === 'refresh' && !isFollowed)) return
    if (!this.outstanding.some(({ what }) => what === 'reject'))
      violated('loads', 'nobody waits for a forced one')
    if (book.isBackingOff()) violated('backoff', 'a conditional refresh loaded within the pause')
    if (book.isWithinInterval()) violated('minimum interval', 'a second forced load within it')
  }

  answer(load: Load | undefined, how: 'ok' | 'transient' | 'permanent'): void {
    if (!load) return
    const { book } = this
    const wasCurrent = book.flight === load
    const mayKeep = book.mayKeep(load)
    const { failures } = book
    load.isAnswered = true
    load.isOk = how === 'ok'
    load.answeredAt = this.event
    book.answering = load
    book.answeringWith = how
    if (how === 'ok') load.answer({ ok: true, value: load.value, version: String(load.number) })
    else load.answer(how === 'transient' ? unreachable : denied)
    this.drain()
    book.answering = undefined
    if (this.violation) throw this.violation
    if (book.flight === load) violated('loads end', `load ${load.number} was answered and still runs`)
    if (how === 'ok') {
      if (mayKeep && book.stored !== load) violated('store', `load ${load.number} was dropped`)
    } else if (wasCurrent && book.failures !== failures + 1)
      violated('failures count', `${load.number} did not`)
    if (how === 'permanent' && wasCurrent && book.refused !== load.number) {
      violated('permanent', `load ${load.number} left no floor`)
    }
  }

  toBoundary(drawn: number, offset: number): void {
    const { book, clock } = this
    const times = readers[drawn % readers.length] as Times
    const fresh = book.freshFor(times)
    const loadedAt = book.stored?.startedAt ?? clock.now()
    const boundaries = [
      loadedAt + fresh,
      loadedAt + fresh + times.staleFor,
      loadedAt + fresh + times.usableFor,
      book.failedAt + book.delay,
      (book.flight?.startedAt ?? clock.now()) + limits.loadTimeout,
      book.forcedAt + limits.minimumRefreshInterval,
      clock.now() + limits.softWait,
    ]
    const away = (boundaries[(drawn >> 3) % boundaries.length] as number) + offset - clock.now()
    clock.advance(away > 0 && away < 100 ? away : 1)
  }

  call(what: Call['what'], reader: number, wait: number, rejected = ''): Call {
    const { book, clock } = this
    const live = book.flight && book.isLive(book.flight) ? book.flight : undefined
    const call: Call = {
      what,
      reader,
      wait,
      event: this.event,
      since: book.loads.length,
      live: live?.number ?? 0,
      startedAt: clock.now(),
      elapsed: clock.elapsed(),
      jumps: this.jumps,
      served: this.served,
      state: book.stateFor(readers[reader] as Times, live),
      stored: book.stored?.number ?? 0,
      rejected,
      isSettled: false,
      isFollowed: false,
    }
    this.statistics.calls++
    this.outstanding.push(call)
    return call
  }

  end(call: Call): void {
    call.isSettled = true
    this.outstanding = this.outstanding.filter((other) => other !== call)
  }

  /** The loads that began since, the successor of a dead one apart; what was live before them. */
  begun(call: Call) {
    const { book } = this
    if (book.flight && !book.isLive(book.flight))
      violated('dead loads', `${book.flight.number} was not given up`)
    const began = book.loads.slice(call.since)
    const plain = began.filter(({ isForced }) => !isForced)
    const forced = began.filter(({ isForced }) => isForced)
    const before = book.flight && plain.includes(book.flight) ? undefined : book.flight
    return { plain: plain.length, forced: forced.length, before }
  }

  read(index: number, wait: number): void {
    const { book, cache, clock, underTest } = this
    const times = readers[index] as Times
    const call = this.call('read', index, wait)
    let result: readonly Served[] | Promise<readonly Served[]> | undefined
    let error: { code?: string } | undefined
    try {
      result = underTest.collect([this.keys[index] as DeclaredKey], cache, this.emit, {
        milliseconds: wait,
        reason: undefined,
      })
    } catch (thrown) {
      error = thrown as { code?: string }
    }
    if (this.violation) throw this.violation
    const { plain, before } = this.begun(call)
    const state = book.stateFor(times, before)
    this.tell(index, state)
    const isAtOnce = state === 'fresh' || state === 'stale' || (state === 'grace' && book.isBackingOff())
    const hasTime = wait > 0 || state === 'stale'
    const wantsLoad = state !== 'fresh' && state !== 'failed' && !before && !book.isBackingOff() && hasTime
    if (plain !== (wantsLoad ? 1 : 0)) violated('state table', `${state}: ${plain} loads began`)
    if (result instanceof Promise) {
      if (isAtOnce || state === 'failed') violated('state table', `${state}: the answer was not at once`)
      result.then(
        ([serving]) => this.guard(() => this.answered(call, serving as Served)),
        (thrown) => this.guard(() => this.denied(call, thrown)),
      )
      return
    }
    this.end(call)
    if (error) {
      if (state !== 'failed') violated('state table', `${state}: ${error.code ?? error}`)
      if (error.code !== book.code)
        violated('state table', `${error.code} is not the remembered ${book.code}`)
      return
    }
    const serving = result?.[0] as Served
    if (!isAtOnce) violated('state table', `${state}: an answer at once`)
    if (serving.loaded?.version !== String(book.stored?.number))
      violated('state table', `${state}: another value`)
    const isReusable = clock.now() >= serving.from && clock.now() < serving.until
    if (isReusable !== (state === 'fresh')) violated('prepared view', `${state}: reusable ${isReusable}`)
    this.judgeBounds(serving, times)
    this.show(call, serving.loaded as Loaded)
  }

  tell(index: number, state: StateName): void {
    const transition = `${this.last[index]} > ${state}`
    const { transitions } = this.statistics
    transitions.set(transition, (transitions.get(transition) ?? 0) + 1)
    this.last[index] = state
  }

  /** What may be given again without a look ends exactly with its freshness. */
  judgeBounds(serving: Served, times: Times): void {
    if (serving.until === Number.NEGATIVE_INFINITY) return
    const load = this.book.loads[Number(serving.loaded?.version) - 1]
    const startedAt = load?.startedAt ?? Number.NaN
    if (serving.from !== startedAt || serving.until !== startedAt + this.book.freshFor(times)) {
      violated('prepared view', `from ${serving.from} until ${serving.until}, of a load at ${startedAt}`)
    }
  }

  /** Judges a value that somebody gets, by which load it is from. */
  show(call: Call, loaded: Loaded): void {
    const { book, clock } = this
    const number = Number(loaded.version)
    const load = book.loads[number - 1]
    if (!load?.isOk || loaded.value.raw !== load.value) violated('values', 'nobody brought it')
    if (number <= book.forgotten) violated('clear', `load ${number} was forgotten`)
    if (number < call.served) violated('never back', `load ${number} after ${call.served}`)
    const times = readers[call.reader] as Times
    const fresh = book.freshFor(times)
    const age = clock.now() - load.startedAt
    if (number < book.refused && !(age >= 0 && age < fresh)) {
      violated('nothing stale after a permanent error', `load ${number} after ${book.refused}`)
    }
    this.served = Math.max(this.served, number)
    this.handedOut.push({ loaded, number })
  }

  answered(call: Call, serving: Served): void {
    this.end(call)
    const { book, clock } = this
    const loaded = serving.loaded as Loaded
    this.show(call, loaded)
    const times = readers[call.reader] as Times
    this.judgeBounds(serving, times)
    const load = book.loads[Number(loaded.version) - 1] as Load
    if (load.number > call.since || load.number === call.live) return
    const bound = book.freshFor(times) + times.usableFor
    const isWithin = (age: number) => age >= 0 && age < bound
    const ages = [call.startedAt - load.startedAt, clock.now() - load.startedAt]
    if (!ages.some(isWithin)) violated('bounded stale', `aged ${ages}, at most ${bound}`)
    const isFresh = (ages[1] as number) >= 0 && (ages[1] as number) < book.freshFor(times)
    if (isFresh || call.wait <= 0 || load.answeredAt >= call.event) return
    if (!book.flight && !book.isBackingOff())
      violated('revalidation', 'an older value, and nothing under way')
  }

  denied(call: Call, error: { code?: string }): void {
    this.end(call)
    const { book, clock } = this
    const state = book.stateFor(readers[call.reader] as Times, undefined)
    if (state === 'fresh' || state === 'stale' || state === 'grace') {
      violated('waits', `${error.code} although the value is ${state}`)
    }
    const isOver = clock.elapsed() - call.elapsed >= call.wait
    if (error.code !== book.code && !(error.code === 'TIMEOUT' && isOver)) {
      violated('errors', `${error.code ?? error}, remembered is ${book.code}`)
    }
  }

  refresh(): void {
    const { book, cache } = this
    const call = this.call('refresh', 0, Number.POSITIVE_INFINITY)
    const result = refresh(cache.loader, { source: this.source, entry: this.entry, emit: this.emit })
    if (this.violation) throw this.violation
    const { plain, forced } = this.begun(call)
    if (plain !== 0 || forced !== (call.live ? 0 : 1)) violated('refresh', `${forced} forced loads began`)
    result.then(
      (landing) => {
        this.guard(() => {
          this.end(call)
          if (landing.status === 'loaded') {
            this.show(call, landing.loaded)
            const load = book.loads[Number(landing.loaded.version) - 1]
            if (!load?.isForced || load.number <= call.since) violated('refresh', 'answered by an older load')
          } else if (!book.loads.slice(call.since).some(({ isForced, hasFailed }) => isForced && hasFailed)) {
            violated('refresh', `${landing.status} without a load of its own`)
          }
        })
      },
      (thrown) => this.guard(() => violated('refresh', String(thrown))),
    )
  }

  reject(drawn: number, index: number): void {
    const { book, cache } = this
    const handed = drawn % 3 === 0 ? this.handedOut[drawn % this.handedOut.length] : this.handedOut.at(-1)
    if (!handed) return
    const { loaded } = handed
    const times = readers[index] as Times
    const call = this.call('reject', index, Number.POSITIVE_INFINITY, loaded.value.raw as string)
    const result = refreshRejected(
      cache.loader,
      { source: this.source, entry: this.entry, times, emit: this.emit },
      loaded.value,
    )
    if (this.violation) throw this.violation
    const { plain, forced } = this.begun(call)
    const before = call.live || forced === 0 ? book.flight : undefined
    const isKnown = this.isOther(call)
    const mayLoad = !before && !book.isBackingOff() && !isKnown
    if (plain !== 0 || forced > 1) violated('conditional refresh', `${plain} plain, ${forced} forced loads`)
    // The queued successor of a dead load may be what began.
    if (mayLoad && forced === 0 && !book.isWithinInterval()) violated('conditional refresh', 'nothing began')
    result.then(
      (refreshed) => this.guard(() => this.refreshed(call, refreshed)),
      (thrown) => this.guard(() => violated('conditional refresh', String(thrown))),
    )
  }

  /** Whether the cache holds another value that this reader may have without a load. */
  isOther(call: Call): boolean {
    const { book } = this
    const { stored } = book
    if (!stored || stored.value === call.rejected) return false
    const state = book.stateFor(readers[call.reader] as Times, undefined)
    const age = this.clock.now() - stored.startedAt
    const isNew = age >= 0 && age < limits.minimumRefreshInterval && stored.number > book.refused
    return state === 'fresh' || state === 'stale' || isNew || (state === 'grace' && book.isBackingOff())
  }

  refreshed(call: Call, refreshed: Refreshed): void {
    this.end(call)
    const { book } = this
    if (refreshed.status === 'changed') {
      const { loaded } = refreshed
      if (loaded.value.raw === call.rejected) violated('conditional refresh', 'the rejected value')
      this.show(call, loaded)
      const number = Number(loaded.version)
      const isOfCall = number > call.since || number === call.live
      if (!isOfCall && !this.isOther(call)) violated('conditional refresh', 'an older value past its bounds')
      return
    }
    if (this.isOther(call))
      violated('conditional refresh', `${refreshed.status} although another value is held`)
    if (refreshed.status === 'failed') {
      if (refreshed.error.code !== book.code) violated('conditional refresh', 'not the remembered error')
      return
    }
    const isSame = (load: Load) =>
      load.isForced && load.isAnswered && load.answeredAt >= call.event && load.value === call.rejected
    if (!book.isWithinInterval() && !book.loads.some(isSame))
      violated('conditional refresh', 'unchanged, unasked')
  }

  /** Nobody waits for nothing, and nobody longer than they may. */
  checkWaiting(): void {
    const { book, clock } = this
    for (const call of this.outstanding) {
      if (!book.flight) violated('waiters', `a ${call.what} waits for nothing`)
      if (call.what !== 'read') continue
      const isSoft = call.state === 'grace' && (readers[call.reader] as Times).maxAge > 0
      const isJumped = call.jumps !== this.jumps
      if (clock.elapsed() >= this.limitOf(call, call.wait, isJumped))
        violated('waits', `past its time: ${JSON.stringify(call)} at ${clock.elapsed()}`)
      if (!isSoft || clock.elapsed() < this.limitOf(call, Math.min(call.wait, limits.softWait), isJumped))
        continue
      const state = book.stateFor(readers[call.reader] as Times, undefined)
      if (state === 'grace' && !isJumped && book.stored?.number === call.stored)
        violated('soft wait', `past its time: ${JSON.stringify(call)} at ${clock.elapsed()}`)
    }
  }

  /** When a wait must be over: a late timer gives a grace, from the end of the freeze. */
  limitOf(call: Call, wait: number, isJumped: boolean): number {
    const due = call.elapsed + wait
    return isJumped ? Math.max(due, this.frozenUntil) + limits.graceMilliseconds : due
  }

  /** Everything settles, no timer is left, and after any failure a read loads and answers. */
  finish(): void {
    const { book, clock } = this
    clock.advance(20)
    this.settle()
    if (this.outstanding.some(({ what }) => what === 'read')) violated('every call settles', 'a read did not')
    for (let round = 0; round < 4 && book.flight; round++) {
      this.answer(book.flight, 'ok')
      this.settle()
    }
    if (this.outstanding.length > 0) violated('every call settles', `a ${this.outstanding[0]?.what} did not`)
    for (const load of book.loads) if (!load.isAnswered) this.answer(load, 'transient')
    if (clock.timers() > 0) violated('no timer is left', `${clock.timers()} are`)
    clock.advance(2 * limits.backoffMax)
    this.read(4, 10)
    this.settle()
    this.answer(book.flight, 'ok')
    this.settle()
    if (this.outstanding.length > 0 || this.served !== book.loads.length)
      violated('no poison', 'no new value')
    if (clock.timers() > 0) violated('no timer is left', `${clock.timers()} are`)
  }
}
