import { isPlainObject } from '../shared/check.ts'

/**
 * Freezes plain objects and arrays, all the way down, so that one invocation cannot change another's value.
 * What a schema made (Map, Date, a class) is left as it is. Iterative: JSON may be nested deeper than the stack.
 */
export function freeze<Value>(value: Value): Value {
  // A set visits what is added while it is walked, and each thing once: cycles end.
  const reached = new Set<unknown>([value])
  for (const next of reached) {
    if (!Array.isArray(next) && !isPlainObject(next)) continue
    for (const child of Object.values(Object.freeze(next))) reached.add(child)
  }
  return value
}

/** A frozen copy, for a value that belongs to the user: they may change their own. */
export function frozenCopy<Value>(value: Value): Value {
  const copies = new Map<unknown, unknown>()
  const copyOf = (original: unknown): unknown => {
    if (!Array.isArray(original) && !isPlainObject(original)) return original
    const known = copies.get(original)
    if (known) return known
    const copy: unknown[] | Record<string, unknown> = Array.isArray(original) ? [] : {}
    copies.set(original, copy)
    for (const [name, child] of Object.entries(original)) {
      Object.defineProperty(copy, name, { value: copyOf(child), enumerable: true })
    }
    return Object.freeze(copy)
  }
  return copyOf(value) as Value
}
