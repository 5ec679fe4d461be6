import type { Held } from '../cache/held.ts'
import type { Format } from '../declare/declare.ts'
import { type HiddenMap, hiddenMap } from '../shared/hidden-map.ts'

/** What a key asks for: two middlewares may declare one key only if both ask the same. */
export interface Asked {
  readonly entryKey: string
  readonly format: Format
  readonly schema: object | undefined
}

/**
 * How a view's key finds back to what it was read from: behaviour only, so that a view of another copy of this
 * package works the same.
 */
export interface Ticket {
  readonly label: string
  readonly id: string
  readonly source: string
  readonly isRefreshable: boolean
  /** What the value was read from; nothing for a fallback. */
  readonly held: Held | undefined
  /** The thing fetched: equal for every reader of it. */
  readonly entry: object
  readonly asked: Asked
  /** Whether no newer value has been fetched since. */
  readonly isCurrent: () => boolean
  /** Whether somebody has already found that this version does not work. */
  readonly isRejected: () => boolean
  /** Says that this version does not work. */
  readonly reject: () => void
  /** Says that it does. */
  readonly accept: () => void
  /** Another version, if there is one by now; nothing where none could be had in time. */
  readonly renew: (waitMilliseconds: number) => Promise<Newer | 'unchanged' | undefined>
  /** Waits out the minimum interval between two forced loads. */
  readonly pause: () => Promise<void>
  readonly pauseMilliseconds: number
}

export interface Newer {
  readonly value: unknown
  readonly ticket: Ticket
}

/** What is known of a view: its name, and a ticket for each key. */
export interface ViewRecord {
  readonly name: string
  readonly tickets: ReadonlyMap<string, Ticket>
}

const marker = Symbol.for('@secrets-cache/core/views/1')

function records(): HiddenMap<object, ViewRecord> {
  const shared = globalThis as { [marker]?: HiddenMap<object, ViewRecord> }
  shared[marker] ??= hiddenMap()
  return shared[marker]
}

export function recordView(view: object, record: ViewRecord): void {
  records().set(view, record)
}

/** Of anything at all: what is no view has no record. */
export function viewRecord(view: object): ViewRecord | undefined {
  return records().get(view)
}
