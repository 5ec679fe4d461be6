import { inspect } from 'node:util'
import type { KeyHandle } from '../keys/key-handle.ts'
import { lendTogether } from './loans.ts'
import { handleIn, recordView, type ViewColumn, type ViewRecord, viewRecord } from './view-record.ts'

const redacted = '[redacted]'

/** The key of Node's inspection hook, in any copy and realm. */
const customInspect = Symbol.for('nodejs.util.inspect.custom')

/**
 * A snapshot of values that gives nothing away but what is asked of it by name. The values stand in a private field
 * and are read through getters of the prototype that are not enumerable: printing, spreading, cloning and
 * serialising find nothing.
 */
class View {
  readonly #values: readonly unknown[]

  constructor(values: readonly unknown[]) {
    this.#values = values
    Object.freeze(this)
  }

  /** A static method, because a getter that is made later cannot name a private field. */
  static at(view: View, index: number): unknown {
    return view.#values[index]
  }
}

/** Makes views of one declaration: `name` and the keys are all that they print. */
export type ViewMaker = (values: readonly unknown[]) => object

export function viewMaker(name: string, columns: readonly ViewColumn[]): ViewMaker {
  const shown = Object.freeze(Object.fromEntries(columns.map(({ key }) => [key, redacted])))
  const ViewOfKeys = class extends View {}
  const hidden = (value: unknown) => ({ value, enumerable: false })
  Object.defineProperties(ViewOfKeys.prototype, {
    toJSON: hidden(() => shown),
    toString: hidden(() => `[${name}]`),
    [customInspect]: hidden((_depth: number, options: object) => `${name} ${inspect(shown, options)}`),
    [Symbol.toStringTag]: hidden(name),
  })
  for (const [index, { key, isBytes }] of columns.entries()) {
    Object.defineProperty(ViewOfKeys.prototype, key, {
      get(this: View) {
        const value = View.at(this, index)
        return isBytes ? copyOfBytes(value) : value
      },
      enumerable: false,
    })
  }
  Object.freeze(ViewOfKeys.prototype)
  return (values) => new ViewOfKeys(values)
}

/** A copy of bytes, of the same class: a Buffer stays one. (A Buffer's own `slice` would share its memory.) */
export function copyOfBytes(value: unknown): unknown {
  return value instanceof Uint8Array ? Uint8Array.prototype.slice.call(value) : value
}

/** A copy of a view in which one key is newer, for the rest of one invocation. */
export function replaceInView(view: object, key: string, value: unknown, handle: KeyHandle): object {
  const { name, columns } = viewRecord(view) as ViewRecord
  return viewOf(name, columns, (each) => (each === key ? { value, handle } : partOf(view, each)))
}

/** One view of two. A key of both has the second one's value, which was read later, and that value's handle. */
export function mergeViews(first: object, second: object): object {
  const [{ name, columns }, later] = [viewRecord(first) as ViewRecord, viewRecord(second) as ViewRecord]
  const isLater = (key: string) => later.columns.some((column) => column.key === key)
  const all = [...columns.filter(({ key }) => !isLater(key)), ...later.columns]
  const merged = viewOf(name, all, (key) => partOf(isLater(key) ? second : first, key), [first, second])
  lendTogether(merged, [first, second])
  return merged
}

interface Part {
  readonly value: unknown
  readonly handle: KeyHandle
}

const partOf = (view: object, key: string): Part => ({
  value: (view as Record<string, unknown>)[key],
  handle: handleIn(view, key) as KeyHandle,
})

/** A view whose every key brings its value together with its handle. It keeps its originals from being collected. */
function viewOf(
  name: string,
  columns: readonly ViewColumn[],
  part: (key: string) => Part,
  originals: readonly object[] = [],
): object {
  const parts = columns.map(({ key }) => part(key))
  const view = viewMaker(name, columns)(parts.map(({ value }) => value))
  recordView(view, { name, columns, originals, handles: parts.map(({ handle }) => handle) })
  return view
}
