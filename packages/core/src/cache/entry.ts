import type { Reference } from '../declare/reference.ts'
import type { SecretsCacheError } from '../errors/index.ts'
import type { Load } from './load.ts'
import type { StoredValue } from './stored-value.ts'

/** What the last successful load brought. */
export interface Loaded {
  readonly value: StoredValue
  /** What AWS calls this version, where the source tells it: shown, never compared. */
  readonly version: string | undefined
  readonly seq: number
  /** When that load began. */
  readonly loadedAt: number
  readonly jitter: number
}

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
  /** The ARN that AWS gave for it: what another name of it is asked together with. */
  readonly arn: string | undefined
  /** No older load than this may store a value: it failed for good, or everything was forgotten. */
  readonly refusedSeq: number
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
  refusedSeq: 0,
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
  #waiters = 0

  constructor(key: string, reference: Reference) {
    this.key = key
    this.reference = reference
  }

  get state(): EntryState {
    return this.#state
  }

  /** Whether a read waits for it: then it may not be evicted, although its load may be dead. */
  get isAwaited(): boolean {
    return this.#waiters > 0
  }

  /** Counts one more who waits, until the function it returns is called. */
  addWaiter(): () => void {
    this.#waiters++
    return () => {
      this.#waiters--
    }
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

  /** An older value is not served past its freshness any more, and no older load may store one. */
  refuseUpTo(refusedSeq: number): void {
    this.#change({ refusedSeq })
  }

  /** Its other name means something else by now, or fails: from here on it is asked for by its own name. */
  detachAlias(): void {
    this.#change({ arn: undefined })
  }

  reject(rejected: StoredValue | undefined): void {
    this.#change({ rejected })
  }

  /** Forgets everything up to load number `seq`: an answer that is still on its way belongs to the past. */
  clear(seq: number): void {
    this.#state = { ...empty, refusedSeq: seq }
  }

  #change(change: Partial<EntryState>): void {
    this.#state = { ...this.#state, ...change }
  }
}
