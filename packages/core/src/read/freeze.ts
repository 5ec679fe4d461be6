import { isPlainObject } from '../shared/check.ts'

/**
 * Freezes plain objects and arrays, all the way down, so that one invocation cannot change another's value.
 * What a schema made (Map, Date, a class) is left to its maker. Iterative: JSON may be nested deeper than the stack.
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
