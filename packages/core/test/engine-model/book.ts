import { modelLimits as limits } from './under-test.ts'

/** What the model knows of one load, because it is the source. */
export interface Load {
  readonly number: number
  readonly startedAt: number
  readonly isForced: boolean
  /** The value it brings, if it brings one: rotations so far. */
  readonly value: string
  readonly answer: (outcome: unknown) => void
  isAnswered: boolean
  /** It brought its value, in time or late. */
  isOk: boolean
  hasFailed: boolean
  /** The event in which it was answered. */
  answeredAt: number
}

/** A reader of the model, in milliseconds. */
export interface Times {
  readonly maxAge: number
  readonly staleFor: number
  readonly usableFor: number
}

export class Violation extends Error {}

export function violated(invariant: string, what: string): never {
  throw new Violation(`${invariant}: ${what}`)
}

const within = (elapsed: number, span: number) => elapsed >= 0 && elapsed < span

export type StateName = 'fresh' | 'stale' | 'grace' | 'loading' | 'failed' | 'expired' | 'empty'

/**
 * The book that the model keeps of one key, in the words of docs/engine.md and apart from the engine's own: what was
 * asked, answered and told. It judges every load and every failure the moment the engine tells of it.
 */
export class Book {
  readonly loads: Load[] = []
  flight: Load | undefined
  stored: Load | undefined
  /** The last load that was refused for good: nothing older is served stale, or stored. */
  refused = 0
  /** Loader up to this one were forgotten. */
  forgotten = 0
  failures = 0
  failedAt = Number.NaN
  delay = 0
  code = ''
  forcedAt = Number.NaN
  /** The load that is being answered now, and with what. */
  answering: Load | undefined
  answeringWith: 'ok' | 'transient' | 'permanent' = 'ok'
  readonly draw: number
  readonly now: () => number

  constructor(draw: number, now: () => number) {
    this.draw = draw
    this.now = now
  }

  isLive(load: Load): boolean {
    return within(this.now() - load.startedAt, limits.loadTimeout)
  }

  isBackingOff(): boolean {
    return this.failures > 0 && within(this.now() - this.failedAt, this.delay)
  }

  isWithinInterval(): boolean {
    return within(this.now() - this.forcedAt, limits.minimumRefreshInterval)
  }

  freshFor(times: Times): number {
    return times.maxAge * (1 - limits.maxAgeJitter * this.draw)
  }

  stateFor(times: Times, live: Load | undefined): StateName {
    const { stored } = this
    if (stored) {
      const age = this.now() - stored.startedAt
      const fresh = this.freshFor(times)
      if (within(age, fresh)) return 'fresh'
      if (stored.number > this.refused) {
        if (within(age, fresh + times.staleFor)) return 'stale'
        if (within(age, fresh + times.usableFor)) return 'grace'
      }
    }
    if (live) return 'loading'
    if (this.isBackingOff()) return 'failed'
    return stored ? 'expired' : 'empty'
  }

  started(load: Load): void {
    const { flight } = this
    if (flight) {
      if (this.isLive(flight))
        violated('one live load', `${load.number} began while ${flight.number} is live`)
      violated('abandonment counts', `${load.number} began, and nothing was told of dead ${flight.number}`)
    }
    this.loads.push(load)
    this.flight = load
    if (load.isForced) this.forcedAt = this.now()
  }

  failed(code: string, pause: number): void {
    const { flight, answering } = this
    if (!flight) violated('superseded errors change nothing', `${code} was counted`)
    const isAbandoned = code === 'TIMEOUT'
    if (isAbandoned && this.isLive(flight)) violated('abandonment', `load ${flight.number} is live`)
    if (!isAbandoned && answering !== flight)
      violated('superseded errors change nothing', `${code} was counted`)
    this.failures++
    this.failedAt = isAbandoned ? flight.startedAt + limits.loadTimeout : this.now()
    const whole = Math.min(limits.backoffMax, limits.backoffBase * 2 ** (this.failures - 1))
    this.delay = whole * (0.5 + this.draw / 2)
    if (pause !== this.delay)
      violated('backoff', `failure ${this.failures} pauses ${pause}, not ${this.delay}`)
    this.code = code
    flight.hasFailed = true
    if (code === 'ACCESS_DENIED') this.refused = flight.number
    this.flight = undefined
  }

  kept(): void {
    const { answering } = this
    if (!answering || this.answeringWith !== 'ok') violated('store', 'a value was kept that nobody brought')
    if (!this.mayKeep(answering)) violated('no older load resurrects', `load ${answering.number} was kept`)
    this.stored = answering
    this.failures = 0
    if (this.flight === answering) this.flight = undefined
  }

  mayKeep(load: Load): boolean {
    const newest = Math.max(this.stored?.number ?? 0, this.refused, this.forgotten)
    return load.number > newest
  }

  clear(): void {
    this.stored = undefined
    this.flight = undefined
    this.failures = 0
    this.forgotten = this.loads.length
    this.forcedAt = Number.NaN
  }
}
