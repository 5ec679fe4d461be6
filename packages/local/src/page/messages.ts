import type { Kind } from '../account/account.ts'
import type { Call } from '../calls.ts'
import type { Held } from '../held.ts'

// What the stand-in sends to its page. None of it contains a value of the account.

export interface VersionView {
  /** A secret's VersionId, or a parameter's version as text. */
  readonly id: string
  /** A secret's stages, or a parameter's labels. */
  readonly labels: readonly string[]
  /** Milliseconds since 1970. */
  readonly at: number
  readonly bytes: number
}

export interface EntryView {
  readonly kind: Kind
  readonly name: string
  readonly arn: string
  /** `JSON`, `text` or `bytes` for a secret, else the parameter's type. */
  readonly type: string
  /** Newest first. */
  readonly versions: readonly VersionView[]
  /** The id of the version that a plain read gets; empty when there is none. */
  readonly current: string
  /** Scheduled for deletion. */
  readonly isDeleted: boolean
}

export interface FaultView {
  /** For a fault that can be removed alone. */
  readonly id: number
  readonly name: string
  /** Its own settings in words, such as `200 ms`. */
  readonly detail: string
  readonly ids: readonly string[]
  readonly at: 'layer' | 'aws' | 'both'
  /** How many requests it will still meet; null without an end. */
  readonly left: number | null
  /** Milliseconds since 1970; null without an end. */
  readonly until: number | null
  /** How many requests it has met. */
  readonly played: number
}

export interface CallView extends Call {
  /** Counts from 1 since the stand-in began. */
  readonly sequence: number
}

/** An event of secrets-cache, as a function's process has posted it. */
export interface FunctionEvent {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly type: string
  readonly ids: readonly string[]
  /** What is known of it, in words. */
  readonly detail: string
}

export interface EventView extends FunctionEvent {
  readonly sequence: number
}

/** One message of the stream: what is new; an absent member has not changed. */
export interface Update {
  /** The stand-in's clock, milliseconds since 1970. */
  readonly now: number
  readonly about?: { readonly flavour: string; readonly region: string; readonly url: string }
  readonly account?: readonly EntryView[]
  readonly faults?: readonly FaultView[]
  readonly held?: readonly Held[]
  readonly calls?: readonly CallView[]
  readonly events?: readonly EventView[]
  /** All requests and API calls since the stand-in began. */
  readonly total: number
}

/** The answer of a command. */
export interface Answer {
  readonly result?: unknown
  readonly error?: { readonly code: string; readonly message: string }
}
