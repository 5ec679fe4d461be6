/** A part of an answer. The SDK does not check what it deserialises: any field may be missing or of another type. */
export type Fields = Readonly<Record<string, unknown>>

export function fieldsOf(given: unknown): Fields {
  return Object(given) as Fields
}

export function listOf(given: unknown): readonly Fields[] {
  return Array.isArray(given) ? given.map(fieldsOf) : []
}

export function textOf(given: unknown): string | undefined {
  return typeof given === 'string' ? given : undefined
}

/**
 * The one thing that all candidates are. Another account's may have the same name, and another version the same name
 * and ARN: candidates that differ are no answer.
 */
export function only(candidates: readonly Fields[]): Fields | undefined {
  const [first] = candidates
  const isSame = (other: Fields) =>
    ['ARN', 'Version', 'VersionId'].every((name) => other[name] === (first as Fields)[name])
  return candidates.every(isSame) ? first : undefined
}
