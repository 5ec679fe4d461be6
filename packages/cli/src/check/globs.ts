import { asPattern, hasPlaceholder } from '../template/placeholder.ts'

// Patterns as IAM has them: `*` is any text, `?` any one character. In a text that is covered, `?` stands for a
// character that is not known: only `?` and `*` cover it.

/** Whether a pattern matches everything that the other one does. Placeholders match themselves. */
export function covers(pattern: string, other: string): boolean {
  return matches(pattern, other, (wanted, given) => (wanted === '?' ? given !== '*' : wanted === given))
}

/** Whether something may match both, whatever stands for the placeholders. ARNs are compared field by field. */
export function mayOverlap(one: string, other: string): boolean {
  const [first, second] = [fieldsOf(one), fieldsOf(other)]
  if (!first || !second) return overlap(asPattern(one), asPattern(other))
  return first.every((field, index) => overlap(asPattern(field), asPattern(second[index] as string)))
}

/** The fields of an ARN whose resource may hold colons. */
function fieldsOf(text: string): readonly string[] | undefined {
  const fields = text.split(':')
  return fields[0] === 'arn' && fields.length > 5
    ? [...fields.slice(0, 5), fields.slice(5).join(':')]
    : undefined
}

/** Whether an unknown part decides: nothing covers it for certain, and nothing excludes it. */
export const isOpen = (text: string): boolean => hasPlaceholder(text)

function matches(pattern: string, text: string, same: (wanted: string, given: string) => boolean): boolean {
  let reached = new Set([0])
  for (const wanted of pattern) {
    const next = new Set<number>()
    for (const at of reached) {
      if (wanted === '*') for (let end = at; end <= text.length; end += 1) next.add(end)
      else if (at < text.length && same(wanted, text[at] as string)) next.add(at + 1)
    }
    reached = next
  }
  return reached.has(text.length)
}

/** Whether two patterns have a text in common. */
function overlap(one: string, other: string): boolean {
  const known = new Map<string, boolean>()
  const from = (i: number, j: number): boolean => {
    const key = `${i},${j}`
    const found = known.get(key)
    if (found !== undefined) return found
    known.set(key, false)
    const [a, b] = [one[i], other[j]]
    const result =
      a === undefined && b === undefined
        ? true
        : a === '*'
          ? from(i + 1, j) || (b !== undefined && from(i, j + 1))
          : b === '*'
            ? from(i, j + 1) || (a !== undefined && from(i + 1, j))
            : a !== undefined && b !== undefined && (a === b || a === '?' || b === '?') && from(i + 1, j + 1)
    known.set(key, result)
    return result
  }
  return from(0, 0)
}
