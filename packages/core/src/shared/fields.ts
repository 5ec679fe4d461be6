/** A part of an answer. Nothing has checked it: any field may be missing or of another type. */
export type Fields = Readonly<Record<string, unknown>>

/** The fields of an object; whatever is not an object has none. */
export function fieldsOf(given: unknown): Fields {
  return Object(given) as Fields
}

/** The fields of each item of an array; whatever is not an array has no items. */
export function listOf(given: unknown): readonly Fields[] {
  return Array.isArray(given) ? given.map(fieldsOf) : []
}

export function textOf(given: unknown): string | undefined {
  return typeof given === 'string' ? given : undefined
}

/** The fields of a JSON text, or `undefined`. The message of JSON.parse is dropped, because it quotes the text. */
export function parseFields(json: string | undefined): Fields | undefined {
  if (json === undefined) return undefined
  try {
    return fieldsOf(JSON.parse(json))
  } catch {
    return undefined
  }
}
