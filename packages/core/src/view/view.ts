import { inspect } from 'node:util'
import { recordView, type Ticket, type ViewRecord, viewRecord } from './ticket.ts'

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

  /** A static method, because a getter made later cannot name a private field. */
  static at(view: View, index: number): unknown {
    const value = view.#values[index]
    // Bytes cannot be frozen: each reader gets its own.
    return value instanceof Uint8Array ? new Uint8Array(value) : value
  }
}

/** Makes views of one declaration: `name` and `keys` are all that they print. */
export type ViewMaker = (values: readonly unknown[]) => object

export function viewMaker(name: string, keys: readonly string[]): ViewMaker {
  const shown = Object.freeze(Object.fromEntries(keys.map((key) => [key, redacted])))
  const Declared = class extends View {}
  const hidden = (value: unknown) => ({ value, enumerable: false })
  Object.defineProperties(Declared.prototype, {
    toJSON: hidden(() => shown),
    toString: hidden(() => `[${name}]`),
    [customInspect]: hidden((_depth: number, options: object) => `${name} ${inspect(shown, options)}`),
    [Symbol.toStringTag]: hidden(name),
  })
  for (const [index, key] of keys.entries()) {
    Object.defineProperty(Declared.prototype, key, {
      get(this: View) {
        return View.at(this, index)
      },
      enumerable: false,
    })
  }
  Object.freeze(Declared.prototype)
  return (values) => new Declared(values)
}

/** A copy of a view in which one key is newer, for the rest of one invocation. */
export function replaceInView(view: object, key: string, value: unknown, ticket: Ticket): object {
  const { name, tickets } = viewRecord(view) as ViewRecord
  const keys = [...tickets.keys()]
  const make = viewMaker(name, keys)
  const copy = make(keys.map((each) => (each === key ? value : (view as Record<string, unknown>)[each])))
  recordView(copy, { name, tickets: new Map([...tickets, [key, ticket]]) })
  return copy
}

/** One view of two: the keys, values and tickets of both. */
export function mergeViews(first: object, second: object): object {
  const [one, other] = [viewRecord(first) as ViewRecord, viewRecord(second) as ViewRecord]
  const tickets = new Map([...one.tickets, ...other.tickets])
  const keys = [...tickets.keys()]
  const merged = viewMaker(
    one.name,
    keys,
  )(keys.map((key) => (one.tickets.has(key) ? first : second)[key as never] as unknown))
  recordView(merged, { name: one.name, tickets })
  return merged
}
