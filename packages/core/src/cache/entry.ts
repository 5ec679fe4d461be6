import type { Reference } from '../declare/reference.ts'
import type { SecretsCacheError } from '../errors/index.ts'
import type { Load } from './load.ts'
import type { Loaded } from './loaded.ts'
import type { StoredValue } from './stored-value.ts'

/** The failures since the last success. */
export interface Failure {
  readonly count: number
  readonly failedAt: number
  /** How long the source is spared, in milliseconds. */
  readonly pause: number
  readonly error: SecretsCacheError
}

/** All that is known of one thing at one moment. Replaced at each change, never written. */
export interface EntryState {
  readonly loaded: Loaded | undefined
  /** The ARN that AWS gave for it: entries with the same ARN are asked for once. */
  readonly arn: string | undefined
  /** No older load than this may store a value: it failed for good, or everything was forgotten. */
  readonly voidSeq: number
  readonly load: Load | undefined
  readonly failure: Failure | undefined
  /** The value that a caller found not to work any more. */
  readonly rejected: StoredValue | undefined
  /** When the last forced load began. */
  readonly forcedAt: number
}

const empty: EntryState = {
  loaded: undefined,
  arn: undefined,
  voidSeq: 0,
  load: undefined,
  failure: undefined,
  rejected: undefined,
  forcedAt: Number.NaN,
}

/** One thing that is fetched, shared by everybody who declares it. Its state changes only through these methods. */
export class Entry {
  readonly key: string
  readonly reference: Reference
  #state = empty
  #reads = 0

  constructor(key: string, reference: Reference) {
    this.key = key
    this.reference = reference
  }

  get state(): EntryState {
    return this.#state
  }

  /** Whether a read uses it now: such an entry is not evicted. */
  get isBeingRead(): boolean {
    return this.#reads > 0
  }

  /** A read of it begins. Each has its `endRead`. */
  beginRead(): void {
    this.#reads++
  }

  endRead(): void {
    this.#reads--
  }

  begin(load: Load): void {
    this.#change({ load, ...(load.isForced && { forcedAt: load.startedAt }) })
  }

  /** The load runs no more. */
  end(load: Load): void {
    if (this.#state.load === load) this.#change({ load: undefined })
  }

  store(loaded: Loaded, arn: string | undefined): void {
    this.#change({ loaded, arn, failure: undefined })
  }

  fail(failure: Failure): void {
    this.#change({ failure })
  }

  /** From now on a value of an older load is served only while it is fresh, and an older load stores nothing. */
  voidUpTo(voidSeq: number): void {
    this.#change({ voidSeq })
  }

  /** Name and ARN no longer agree: from now on it is asked for by its own name. */
  detachAlias(): void {
    this.#change({ arn: undefined })
  }

  reject(rejected: StoredValue | undefined): void {
    this.#change({ rejected })
  }

  /** Forgets everything up to load number `seq`: an answer that is still on its way belongs to the past. */
  clear(seq: number): void {
    this.#state = { ...empty, voidSeq: seq }
  }

  #change(change: Partial<EntryState>): void {
    this.#state = { ...this.#state, ...change }
  }
}
