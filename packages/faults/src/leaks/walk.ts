import { inspect } from 'node:util'

/**
 * Everything that can be reached over own properties, including symbols and properties that are not enumerable. Own
 * getters are called. Private fields and getters of the prototype are not own properties.
 */
export function walk(thing: unknown, depth = 9, seen = new Set<object>()): string {
  if ((typeof thing !== 'object' && typeof thing !== 'function') || thing === null) return String(thing)
  if (depth === 0 || seen.has(thing)) return ''
  seen.add(thing)
  if (thing instanceof Uint8Array) return Buffer.from(thing).toString('latin1')
  const inside = thing instanceof Map || thing instanceof Set ? [...thing].flat() : []
  const own = Reflect.ownKeys(thing).flatMap((name) => {
    const { value, get } = Object.getOwnPropertyDescriptor(thing, name) ?? {}
    return [String(name), get ? attempt(() => get.call(thing)) : value]
  })
  return [...own, ...inside].map((each) => walk(each, depth - 1, seen)).join('\n')
}

function attempt(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    return inspect(error)
  }
}
