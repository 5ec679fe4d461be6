import { randomInt, randomUUID } from 'node:crypto'

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const DIGITS = '0123456789'

/** Members of a JSON secret that are replaced; the others, such as a host or a user, stay. */
const SECRET_MEMBER = /pass(word|wd|phrase)?$|^pw$|secret|token|api_?key|private_?key|^key$|credential/i

const IDENTIFIER = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/**
 * A new value in the shape of an old one: as long, with letters, digits and signs in the same places. Of JSON only the
 * members that look like secrets change, or all texts when none does.
 */
export const generateLike = (old: string): string => {
  const parsed = parsedObject(old)
  if (parsed === undefined) return textLike(old)
  const hasSecret = membersOf(parsed).some((name) => SECRET_MEMBER.test(name))
  const made = JSON.stringify(changed(parsed, !hasSecret, hasSecret), null, indentOf(old))
  return made
}

const changed = (value: unknown, isSecret: boolean, byName: boolean): unknown => {
  if (typeof value === 'string') return isSecret ? textLike(value) : value
  if (Array.isArray(value)) return value.map((item) => changed(item, isSecret, byName))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      changed(item, byName ? SECRET_MEMBER.test(name) : isSecret, byName),
    ]),
  )
}

const membersOf = (value: unknown): readonly string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, item]) => [
        ...(typeof item === 'string' && !Array.isArray(value) ? [name] : []),
        ...membersOf(item),
      ])

/** Prefixes such as `sk_live_` tell what a key is for, so they stay. */
const PREFIX = /^(?:[a-z]{2,8}[_-]){1,2}(?=[A-Za-z\d]{8})/

const textLike = (old: string): string => {
  if (IDENTIFIER.test(old)) return randomUUID()
  const prefix = PREFIX.exec(old)?.[0] ?? ''
  const rest = Array.from(old.slice(prefix.length), (sign) => signLike(sign)).join('')
  return prefix + rest
}

const signLike = (sign: string): string => {
  for (const alphabet of [LOWER, UPPER, DIGITS])
    if (alphabet.includes(sign)) return alphabet.charAt(randomInt(alphabet.length))
  return sign
}

const parsedObject = (text: string): object | undefined => {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined
  } catch {
    return undefined
  }
}

/** Undefined for JSON in one line. */
const indentOf = (text: string): number | undefined => /\n( +)/.exec(text)?.[1]?.length
