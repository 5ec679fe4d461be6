import { type HiddenMap, hiddenMap } from '../shared/hidden-map.ts'
import { perThread } from '../shared/per-thread.ts'

/**
 * How a key of a view finds back to what it was read from. Behaviour only, so that a view made by another copy of
 * this package works the same.
 */
export interface KeyHandle {
  /** What errors say of it: the key with its view, the id, the source. */
  readonly subject: { readonly key: string; readonly id: string; readonly source: string }
  readonly isRefreshable: boolean
  /** What is fetched and how it is read: one object for everybody who declares the same. */
  readonly reading: object
  /** This value, read this way: one object while the value stays the same. */
  readonly content: object
  /** The declared fallback, if there is one. */
  readonly fallback: { readonly value: unknown } | undefined
  /** Whether no newer value has been fetched since. */
  readonly isCurrent: () => boolean
  /** Whether somebody has already found that this version does not work. */
  readonly isRejected: () => boolean
  /** Says that this version does not work. */
  readonly reject: () => void
  /** Says that it works. */
  readonly accept: () => void
  /** Another version, if there is one by now; nothing where none could be had in time. */
  readonly renew: (waitMilliseconds: number) => Promise<Newer | 'unchanged' | undefined>
  /** Waits out the minimum interval between two forced loads. */
  readonly pause: () => Promise<void>
  readonly pauseMilliseconds: number
}

export interface Newer {
  readonly value: unknown
  readonly handle: KeyHandle
}

/** One key of a view. Bytes cannot be frozen, so each reader of them gets a copy. */
export interface ViewColumn {
  readonly key: string
  readonly isBytes: boolean
}

/** What is known of a view beside its values. */
export interface ViewRecord {
  readonly name: string
  readonly columns: readonly ViewColumn[]
  /** The views that this one was made of, if any. */
  readonly originals?: readonly object[]
  /** The contents of all keys: what is in use while the view is. */
  readonly contents: () => readonly object[]
  readonly handle: (key: string) => KeyHandle | undefined
}

const records = perThread('views/2', (): HiddenMap<object, ViewRecord> => hiddenMap())

export function recordView(view: object, record: ViewRecord): void {
  records().set(view, record)
}

/** The record of a view; any other object has none. */
export function viewRecord(view: object): ViewRecord | undefined {
  return records().get(view)
}
