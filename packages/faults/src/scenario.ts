import type { SecretsEvent } from '@secrets-cache/core'
import type { Backend, Face, Kind } from './backend.ts'

/** `hanging` is JSON with a schema that never settles. */
export type Format = 'text' | 'json' | 'list' | 'binary' | 'hanging'

/** What one key of the handler declares: the role of a stored value, and its format. */
export interface Declared {
  readonly role: string
  readonly as: Format
}

export type Declares = Readonly<Record<string, Declared | string>>

/** Cache times in seconds, the same for every subject that has them. */
export interface Times {
  readonly maxAge?: number
  readonly staleWhileRevalidate?: number
  readonly staleIfError?: number
}

/** What became of one invocation. */
export interface Outcome {
  /** What the handler read, by key. */
  readonly values?: Readonly<Record<string, unknown>>
  readonly error?: unknown
  /** Whether the harness gave up waiting. */
  readonly isHung: boolean
}

/** A function's environment: a handler with a cache of its own. */
export interface Lambda {
  /** Set where the handler could not even be made. */
  readonly refusal: Outcome | undefined
  invoke(remainingMilliseconds?: number): Promise<Outcome>
  /** Another handler of the same process. */
  another(declares: Declares, times?: Times): Promise<Lambda>
  /** The events so far; only ours emit any. */
  readonly events: readonly SecretsEvent[]
  /** Ends what still runs, so that it cannot affect the next scenario. */
  close(): void
}

/** One fault and what must hold. */
export interface Scenario {
  readonly name: string
  /** Only for subjects that use this protocol. @default all */
  readonly on?: Face
  /** @default both, one after the other */
  readonly kind?: Kind
  /** Only for subjects that have this feature. */
  readonly about?: 'keys' | 'staleIfError' | 'events' | 'schemas'
  /** @default one text, `db` */
  readonly declares?: Declares
  readonly times?: Times
  /** How long an invocation may wait, in milliseconds. @default 8000 */
  readonly patience?: number
  /** What is cached when the fault begins: nothing, a fresh value, or one past its maxAge. @default cold */
  readonly given?: 'cold' | 'warm' | 'expired'
  /** Hears every event, and may do what no listener should. */
  readonly listener?: (event: SecretsEvent) => unknown
  /** Brings the fault about. Where `given` is cold, it runs before the handler is made. */
  readonly setUp?: (backend: Backend) => unknown
  /** @default one invocation */
  readonly act?: (lambda: Lambda, backend: Backend) => Promise<Outcome>
  /** Throws where something does not hold. */
  readonly expect: (outcome: Outcome, backend: Backend, lambda: Lambda) => void
}

/** Something under test, with the settings that its documentation recommends. */
export interface Subject {
  readonly name: string
  /** The settings in words, printed below the table. */
  readonly settings: string
  readonly kinds: readonly Kind[]
  readonly faces: readonly Face[]
  /** Features that it lacks, so that faults about them cannot happen. */
  readonly lacks?: readonly Scenario['about'][]
  /** Whether it reads `Date` and accepts no clock. */
  readonly readsDate?: boolean
  /** Makes a handler, as a module does at INIT. */
  readonly make: (setting: Setting) => Invoke
}

/** Runs one invocation; resolves to the values that the handler read. */
export type Invoke = (context: object) => Promise<Readonly<Record<string, unknown>>>

export interface Setting {
  readonly kind: Kind
  /** Keys with names as AWS knows them. */
  readonly declared: Readonly<Record<string, { readonly id: string; readonly as: Format }>>
  readonly times: Required<Times>
  readonly patience: number
  readonly region: string
  readonly now: () => number
  /** The same for every handler of one environment. */
  readonly shared: Map<unknown, unknown>
  /** Registers what must be done when the environment ends. */
  readonly onClose: (close: () => void) => void
  /** Receives Middy's request, with all that a handler can see, while it runs. */
  readonly onInvoked: (request: object) => void
  readonly onEvent: (event: SecretsEvent) => unknown
}
