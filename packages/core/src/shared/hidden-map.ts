/** As much of a WeakMap as is needed. */
export interface HiddenMap<Key extends object, Value> {
  readonly get: (key: Key) => Value | undefined
  readonly set: (key: Key, value: Value) => void
}

/** A WeakMap for globalThis: printed with `showHidden`, one shows all it holds, and functions show nothing. */
export function hiddenMap<Key extends object, Value>(): HiddenMap<Key, Value> {
  const map = new WeakMap<Key, Value>()
  return {
    get: (key) => map.get(key),
    set: (key, value) => {
      map.set(key, value)
    },
  }
}
