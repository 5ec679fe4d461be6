/** The two methods of a WeakMap that are used. */
export interface HiddenMap<Key extends object, Value> {
  readonly get: (key: Key) => Value | undefined
  readonly set: (key: Key, value: Value) => void
}

/** A WeakMap behind functions: `inspect` with `showHidden` prints what a WeakMap on globalThis holds. */
export function hiddenMap<Key extends object, Value>(): HiddenMap<Key, Value> {
  const map = new WeakMap<Key, Value>()
  return {
    get: (key) => map.get(key),
    set: (key, value) => {
      map.set(key, value)
    },
  }
}
