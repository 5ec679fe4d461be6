import { JsonError } from '../errors/index.ts'
import type { Parsed } from './parse.ts'

/** Strict JSON. The parser's message quotes the text, so only the fact is told. */
export function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text, mayHoldPrototype(text) ? refusePrototype : undefined) }
  } catch (error) {
    const isPrototype = error === prototypeKey
    return {
      ok: false,
      error: isPrototype
        ? new JsonError({
            reason: 'it has a key "__proto__"',
            remedy: 'Rename that key in the stored value.',
          })
        : new JsonError(),
    }
  }
}

const prototypeKey = Symbol('a key named __proto__')

/** Most texts cannot, and are spared the walk; a key may be written with escapes. */
function mayHoldPrototype(text: string): boolean {
  return text.includes('__proto__') || text.includes('\\u')
}

/** JSON.parse makes `__proto__` an own key, and the next Object.assign sets a prototype with it. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw prototypeKey
  return value
}
