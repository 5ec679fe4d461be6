import type { Fields } from '../shared/fields.ts'

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
