import type { Reference } from '../declare/reference.ts'
import type { SecretsCacheError } from '../errors/index.ts'
import type { Emit } from '../shared/events.ts'
import type { RawValue } from '../shared/raw-value.ts'

export type { RawLeaf, RawValue } from '../shared/raw-value.ts'

/** What became of one reference. */
export type Outcome =
  | {
      readonly ok: true
      readonly value: RawValue
      /** What AWS calls this version: a VersionId, a number. Shown in `loaded` and `describe()`, never compared. */
      readonly version?: string | undefined
      /** The ARN, where the source tells it: a name and its ARN are then asked for once. */
      readonly arn?: string | undefined
    }
  | { readonly ok: false; readonly error: SecretsCacheError }

/** What a source is told with each call. */
export interface FetchContext {
  /** Aborted when the load's time is over: answer what is known by then, as far as it goes. */
  readonly signal: AbortSignal
  /** Whether the value must be newer than any cache between here and AWS. */
  readonly fresh: boolean
  /** Tells that an attempt failed and another follows; a reader whose time runs out meanwhile is told why. */
  readonly onRetry: (reference: Reference, error: SecretsCacheError) => void
  /**
   * Tells what the source waits for, as the error that a reader gets if its time runs out meanwhile; `undefined` takes
   * that back. Nothing has failed, so there is no event. Absent where nobody would read it.
   */
  readonly onWait?: (reference: Reference, error: SecretsCacheError | undefined) => void
  /** Tells the events that only a source can know of: `next` and `degraded`. */
  readonly emit: Emit
}

/**
 * Where values come from: the one interface the outside implements. A plain object; never throws on purpose,
 * and resolves to one outcome per reference, in their order. An outcome may be a promise of its own, so that
 * a slow one does not hold up the others.
 */
export interface Source {
  /** A short name for errors and events. */
  readonly name: string
  /** What makes its values different from another source's: kind, Region, endpoint. Read when first needed. */
  readonly identity: string
  /** Whether `fresh` can be honoured. @default true */
  readonly refreshable?: boolean
  /** Whether it may be called while Lambda initialises the environment. @default true */
  readonly duringInit?: boolean
  /**
   * Does at INIT what the first call would otherwise do, such as loading code; fetches nothing, and throws nothing. A reader
   * calls it when it is made, unless its `prefetch` is false.
   */
  readonly warmUp?: () => void
  /** Why it can never serve a reference, with the remedy; `undefined` where it can. */
  readonly refusal?: (reference: Reference) => SecretsCacheError | undefined
  /**
   * How old, in seconds, an answer may already be when it comes from a cache in between; with `isOutage`, while that
   * cache cannot renew what it has. Infinity where there is no bound. @default 0
   */
  readonly cachedFor?: (reference: Reference, isOutage?: boolean) => number
  /** Asks for references. Answers with an outcome for each, in their order, and rejects with nothing on purpose. */
  readonly fetch: (
    references: readonly Reference[],
    context: FetchContext,
  ) => Outcomes | PromiseLike<Outcomes>
}

/** One outcome for each reference, in their order; each may be a promise of its own. */
export type Outcomes = readonly (Outcome | PromiseLike<Outcome>)[]
