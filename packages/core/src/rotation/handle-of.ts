import { ForeignViewError } from '../errors/index.ts'
import type { KeyHandle } from '../keys/key-handle.ts'
import { nameOf, quoted } from '../shared/check.ts'
import { handleIn, viewRecord } from '../view/view-record.ts'

/** The handle of a key of a view. */
export function handleOf(view: object, key: string): KeyHandle {
  const handle = handleIn(view, key)
  if (handle) return handle
  const record = viewRecord(view)
  const reason = record
    ? `${record.name} has no key ${quoted(String(key))}`
    : `it is ${nameOf(view)} that no middleware made`
  throw new ForeignViewError({ reason })
}

/** Whether no newer value than the shown one has been fetched. */
export function isCurrent({ key, loaded }: KeyHandle): boolean {
  return key.entry.state.loaded?.value === loaded?.value
}
