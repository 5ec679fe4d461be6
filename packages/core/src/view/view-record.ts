import type { KeyHandle } from '../keys/key-handle.ts'
import { type HiddenMap, hiddenMap } from '../shared/hidden-map.ts'
import { perThread } from '../shared/per-thread.ts'

/** One key of a view. Bytes cannot be frozen, so each reader of them gets a copy. */
export interface ViewColumn {
  readonly key: string
  readonly isBytes: boolean
}

/** What is known of a view beside its values. */
export interface ViewRecord {
  readonly name: string
  readonly columns: readonly ViewColumn[]
  /** One for each column. */
  readonly handles: readonly KeyHandle[]
  /** The views that this one was made of: they live as long. */
  readonly originals?: readonly object[]
}

const records = /* @__PURE__ */ perThread('views/3', (): HiddenMap<object, ViewRecord> => hiddenMap())

export function recordView(view: object, record: ViewRecord): void {
  records().set(view, record)
}

/** The record of a view; any other object has none. */
export function viewRecord(view: object): ViewRecord | undefined {
  return records().get(view)
}

/** The handle of one key of a view, whichever copy of this package made it. */
export function handleIn(view: object, key: string): KeyHandle | undefined {
  return viewRecord(view)?.handles.find((handle) => handle.key.key === key)
}
