import type { Cache } from '../../src/cache/cache.ts'
import { refresh, refreshRejected } from '../../src/cache/refresh.ts'
import { type DeclaredKey, declaredKey } from '../../src/keys/declared-key.ts'
import { collect } from '../../src/read/collect.ts'
import type { Served } from '../../src/read/serve-value.ts'
import type { Emit, EventType } from '../../src/shared/events.ts'
import type { Source } from '../../src/source/source.ts'
import { Violation, violated } from './book.ts'
import { denied, unreachable } from './lean.ts'
import { type LeanClock, leanClock } from './lean-clock.ts'
import type { Statistics } from './one-key.ts'
import { modelLimits as limits, type UnderTest } from './under-test.ts'

/** Two declared names, and more names known only at run time than are kept. */
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const
const declaredCount = 2
const eventTypes: readonly EventType[] = [
  'load',
  'loaded',
  'failed',
  'stale',
  'hit',
  'miss',
  'error',
  'refresh',
]
const kinds = [
  'read',
  'read',
  'read',
  'ok',
  'ok',
  'transient',
  'permanent',
  'tick',
  'tick',
  'freeze',
  'step',
  'back',
  'clear',
  'refresh',
  'reject',
  'listen',
  'listen',
  'listenOnAbort',
] as const
const times = [
  { maxAge: 0.012, staleIfError: 0.02 },
  { maxAge: 0.006, staleWhileRevalidate: 0.005, staleIfError: 0.02 },
  { maxAge: 0, staleIfError: 0.015 },
]

interface ModelLoad {
  readonly name: string
  readonly number: number
  readonly startedAt: number
  readonly isAborted: () => boolean
  readonly answer: (outcome: unknown) => void
  isAnswered: boolean
  /** Once dead it stays dead, although the clock may step back into its life. */
  isDead: boolean
}

/**
 * Random events with listeners that act: they read, refresh or clear while they are told of something, also while a
 * request is being cancelled. Names known only at run time come and go. It judges less than the model of one key, but
 * what it judges holds whatever anybody does.
 */
export function runActingListeners(
  underTest: UnderTest,
  sequence: readonly number[],
  drain: () => void,
  statistics: Statistics,
): void {
  new Acting(underTest, drain, statistics).run(sequence)
}

class Acting {
  readonly clock: LeanClock
  readonly cache: Cache
  readonly source: Source
  readonly loads: ModelLoad[] = []
  readonly armed: { type: EventType; act: () => void }[] = []
  readonly onAbort: (() => void)[] = []
  readonly statistics: Statistics
  readonly drain: () => void
  readonly emit: Emit
  readonly keys = new Map<string, DeclaredKey>()
  /** Per name: when it failed last and how long it is spared, the last value handed out. */
  readonly spared = new Map<string, { readonly at: number; readonly pause: number }>()
  readonly refusedUpTo = new Map<string, number>()
  outstanding = 0
  refreshes = new Map<string, number>()
  rejecting = new Map<string, number[]>()
  clearedUpTo = 0
  depth = 0
  /** Whether a listener has acted within the event that is played now. */
  hasActed = false
  violation: unknown

  constructor(underTest: UnderTest, drain: () => void, statistics: Statistics) {
    this.drain = drain
    this.statistics = statistics
    this.clock = leanClock(drain)
    this.cache = underTest.createCache({ clock: this.clock, random: () => 0.5, limits })
    this.source = {
      name: 'model',
      identity: 'model',
      fetch: (references, { fresh, signal }) =>
        references.map(({ id }) => this.load(id, fresh, signal)) as never,
    }
    this.emit = (type, describe) => this.hear(type, describe() as never)
  }

  run(sequence: readonly number[]): void {
    this.statistics.lengths.push(sequence.length)
    for (const drawn of sequence) {
      this.hasActed = false
      this.act(kinds[drawn % kinds.length] as (typeof kinds)[number], (drawn >> 5) & 1_023, drawn >> 15)
      this.settle()
    }
    this.armed.length = 0
    this.onAbort.length = 0
    this.finish()
    this.statistics.loads += this.loads.length
  }

  settle(): void {
    this.drain()
    for (const load of this.loads) load.isDead ||= !this.isLive(load)
    if (this.violation) throw this.violation
  }

  guard(judge: () => void): void {
    try {
      judge()
    } catch (error) {
      this.violation ??= error instanceof Violation ? error : new Violation(`threw: ${error}`)
    }
  }

  act(kind: (typeof kinds)[number], one: number, two: number): void {
    const name = names[one % names.length] as string
    switch (kind) {
      case 'read':
        this.read(name, two % times.length, [10, 10, 4, 0][two % 4] as number)
        return
      case 'ok':
      case 'transient':
      case 'permanent':
        this.answer(one, kind)
        return
      case 'tick':
        this.clock.advance(1 + (one % 5))
        return
      case 'freeze':
        this.clock.freeze(1 + (one % 30))
        return
      case 'step':
        this.clock.step(1 + (one % 40))
        return
      case 'back':
        this.clock.step(-1 - (one % 12))
        return
      case 'clear':
        this.clear()
        return
      case 'refresh':
        this.refresh(names[one % declaredCount] as string)
        return
      case 'reject':
        this.reject(names[one % declaredCount] as string, [6, 2, 20][two % 3] as number)
        return
      case 'listen': {
        const type = eventTypes[one % eventTypes.length] as EventType
        this.armed.push({ type, act: this.action(two) })
        return
      }
      case 'listenOnAbort':
        this.onAbort.push(this.action(two))
    }
  }

  action(drawn: number): () => void {
    const name = names[(drawn >> 2) % names.length] as string
    const declared = names[(drawn >> 2) % declaredCount] as string
    const actions = [
      () => this.clear(),
      () => this.read(name, drawn % times.length, 10),
      () => this.refresh(declared),
      () => this.read(name, drawn % times.length, 0),
    ]
    return actions[drawn % actions.length] as () => void
  }

  hear(
    type: EventType,
    event: { id: string; code?: string; pauseMilliseconds?: number; reason?: string },
  ): void {
    this.guard(() => {
      if (type === 'failed') {
        // A prefetch apart, the pause is what the event says, from now or from when a dead load's time was over.
        const at = event.code === 'TIMEOUT' ? Number.NaN : this.clock.now()
        this.spared.set(event.id, { at, pause: event.pauseMilliseconds as number })
      } else if (type === 'loaded') this.spared.delete(event.id)
      else if (type === 'stale' && event.reason === 'revalidating') {
        const isLoading = this.keyOf(event.id, 0).entry.state.load !== undefined
        if (!isLoading && !this.isSpared(event.id) && !this.hasActed) {
          violated('revalidating', `${event.id}: nothing is loaded`)
        }
      }
      const index = this.armed.findIndex((each) => each.type === type)
      // A listener is not called again while it runs: `deliver` sees to that outside of this model.
      if (index < 0 || this.depth > 0) return
      const [listener] = this.armed.splice(index, 1)
      this.depth++
      this.hasActed = true
      try {
        listener?.act()
      } finally {
        this.depth--
      }
    })
  }

  isSpared(name: string): boolean {
    const pause = this.spared.get(name)
    if (!pause) return false
    const elapsed = this.clock.now() - pause.at
    return Number.isNaN(elapsed) || (elapsed >= 0 && elapsed < pause.pause)
  }

  liveLoad(name: string): ModelLoad | undefined {
    return this.loads.find((load) => load.name === name && this.isLive(load))
  }

  isLive(load: ModelLoad): boolean {
    const age = this.clock.now() - load.startedAt
    const isWithin = age >= 0 && age < limits.loadTimeout
    return isWithin && load.number > this.clearedUpTo && !load.isAnswered && !load.isDead && !load.isAborted()
  }

  load(name: string, isForced: boolean, signal: AbortSignal): Promise<unknown> {
    const { promise, resolve } = Promise.withResolvers<unknown>()
    this.guard(() => {
      const other = this.liveLoad(name)
      if (other) violated('one live load', `${name}: ${other.number} is alive`)
      // With an entry that is evicted its pause is forgotten.
      const pause = this.isDynamic(name) ? undefined : this.spared.get(name)
      if (!isForced && pause && this.isSpared(name) && !Number.isNaN(pause.at)) {
        violated('backoff', `${name}: a plain load began within the pause`)
      }
      if (
        isForced &&
        !this.refreshes.get(name) &&
        !this.rejecting.get(name)?.some((due) => due > this.clock.elapsed())
      ) {
        violated('loads', `${name}: nobody waits for a forced one`)
      }
    })
    signal.addEventListener('abort', () => this.guard(() => this.depth === 0 && this.onAbort.pop()?.()))
    this.loads.push({
      name,
      number: this.loads.length + 1,
      startedAt: this.clock.now(),
      isAborted: () => signal.aborted,
      answer: resolve,
      isAnswered: false,
      isDead: false,
    })
    return promise
  }

  answer(drawn: number, how: 'ok' | 'transient' | 'permanent'): void {
    const open = this.loads.filter(({ isAnswered }) => !isAnswered)
    const load = drawn % 3 === 0 ? open[drawn % open.length] : open.at(-1)
    if (!load) return
    const isLive = this.liveLoad(load.name) === load
    load.isAnswered = true
    if (how === 'ok')
      load.answer({ ok: true, value: `${load.name} ${load.number}`, version: String(load.number) })
    else load.answer(how === 'transient' ? unreachable : denied)
    if (how === 'permanent' && isLive) this.refusedUpTo.set(load.name, load.number)
  }

  isDynamic(name: string): boolean {
    return names.indexOf(name as never) >= declaredCount
  }

  keyOf(name: string, reader: number): DeclaredKey {
    const isDynamic = this.isDynamic(name)
    const known = isDynamic ? undefined : this.keys.get(`${name} ${reader}`)
    const { source, cache } = this
    const key =
      known ?? declaredKey('secrets', name, name, { source, cache, times: times[reader] ?? {} }, isDynamic)
    if (!isDynamic) this.keys.set(`${name} ${reader}`, key)
    return key
  }

  read(name: string, reader: number, wait: number): void {
    this.statistics.calls++
    const cleared = this.clearedUpTo
    const key = this.keyOf(name, reader)
    const since = this.loads.length
    const began = this.clock.now()
    let isSettled = false
    const served = (all: readonly Served[]) =>
      this.guard(() => {
        isSettled = true
        this.outstanding--
        const { version } = (all[0] as Served).loaded as { version: string }
        const load = this.loads[Number(version) - 1] as ModelLoad
        if (load.name !== name) violated('values', `${name} got ${load.name}`)
        if (load.number <= cleared) violated('clear', `${name}: load ${load.number} was forgotten`)
        const most = (key.times.maxAge + key.times.usableFor) as number
        const ages = [began - load.startedAt, this.clock.now() - load.startedAt]
        if (load.number <= since && !ages.some((age) => age >= 0 && age < most)) {
          violated('bounded stale', `${name}: aged ${ages}`)
        }
      })
    const failed = (error: { code?: string }) =>
      this.guard(() => {
        isSettled = true
        this.outstanding--
        if (typeof error.code !== 'string') violated('errors', String(error))
      })
    this.outstanding++
    try {
      const result = collect([key], this.cache, this.emit, { milliseconds: wait, reason: undefined })
      if (result instanceof Promise) result.then(served, failed)
      else served(result)
    } catch (error) {
      failed(error as never)
    }
    void isSettled
  }

  refresh(name: string): void {
    const { entry } = this.keyOf(name, 0)
    this.count(this.refreshes, name, 1)
    const done = () => this.count(this.refreshes, name, -1)
    refresh(this.cache.loader, { source: this.source, entry, emit: this.emit }).then(done, (error) => {
      this.guard(() => violated('refresh', String(error)))
    })
  }

  reject(name: string, wait: number): void {
    const { entry, times: own } = this.keyOf(name, 1)
    const { loaded } = entry.state
    if (!loaded) return
    const due = this.clock.elapsed() + wait
    this.rejecting.set(name, [...(this.rejecting.get(name) ?? []), due])
    const isWaiting = () => this.clock.elapsed() < due
    const refresher = { source: this.source, entry, times: own, emit: this.emit, isWaiting }
    refreshRejected(this.cache.loader, refresher, loaded.value).then(
      (refreshed) =>
        this.guard(() => {
          if (refreshed.status === 'changed' && refreshed.loaded.value === loaded.value) {
            violated('conditional refresh', 'the rejected value')
          }
        }),
      (error) => this.guard(() => violated('conditional refresh', String(error))),
    )
  }

  count(counts: Map<string, number>, name: string, change: number): void {
    counts.set(name, (counts.get(name) ?? 0) + change)
  }

  clear(): void {
    this.clearedUpTo = this.loads.length
    this.spared.clear()
    this.refusedUpTo.clear()
    this.cache.clear()
  }

  /** Everything settles, no timer is left, and the entries of names known only at run time are bounded again. */
  finish(): void {
    this.clock.advance(30)
    this.settle()
    for (let round = 0; round < 200 && this.loads.some(({ isAnswered }) => !isAnswered); round++) {
      this.answer(1, 'ok')
      this.settle()
    }
    this.clock.advance(30)
    this.settle()
    if (this.outstanding !== 0) violated('every call settles', `${this.outstanding} did not`)
    if ([...this.refreshes.values()].some((count) => count > 0))
      violated('every call settles', 'a refresh did not')
    if (this.clock.timers() > 0) violated('no timer is left', `${this.clock.timers()} are`)
    this.read('h', 0, 0)
    this.settle()
    const most = declaredCount + limits.dynamicEntries
    if (this.cache.entries.size() > most) violated('bounded', `${this.cache.entries.size()} entries`)
  }
}

/** A sequence in words: what a counterexample does. */
export function narrateActing(sequence: readonly number[]): string {
  return sequence
    .map((drawn) => `${kinds[drawn % kinds.length]} ${(drawn >> 5) & 1_023} ${drawn >> 15}`)
    .join(', ')
}
