import type { RawValue } from '@secrets-cache/core'

/** A made-up value of the same form: nothing of the real one but its shape. */
export function redacted(value: RawValue): RawValue {
  if (value instanceof Uint8Array) return new TextEncoder().encode('made-up bytes')
  if (typeof value === 'string') return redactedText(value)
  if (Array.isArray(value)) return (value as readonly string[]).map(redactedText)
  const leaves = Object.entries(value as Readonly<Record<string, string | readonly string[]>>)
  return Object.fromEntries(
    leaves.map(([name, leaf]) => [
      name,
      typeof leaf === 'string' ? redactedText(leaf) : leaf.map(redactedText),
    ]),
  )
}

function redactedText(text: string): string {
  if (!/^\s*[{[]/.test(text)) return madeUp(text)
  try {
    return JSON.stringify(redactedJson(JSON.parse(text)))
  } catch {
    return madeUp(text)
  }
}

function redactedJson(value: unknown): unknown {
  if (typeof value === 'string') return madeUp(value)
  if (typeof value === 'number')
    return Number.isInteger(value) ? Number(madeUpDigits(String(Math.abs(value)))) : 1.5
  if (typeof value === 'boolean') return true
  if (Array.isArray(value)) return value.map(redactedJson)
  if (value === null) return null
  return Object.fromEntries(
    Object.entries(value as object).map(([key, each], index) => [shownKey(key, index), redactedJson(each)]),
  )
}

/** A key that looks like a name is shape; any other may be a value, such as a token that is mapped to its owner. */
function shownKey(key: string, index: number): string {
  return /^[A-Za-z_$][A-Za-z_$-]*\d{0,2}$/.test(key) && key.length <= 32 ? key : `key${index + 1}`
}

/** How a text is recognised, and what stands for it. */
const forms: readonly (readonly [RegExp, string | ((text: string) => string)])[] = [
  [/^$/, ''],
  [/^(true|false)$/, 'true'],
  [/^-?\d+$/, (text) => madeUpDigits(text.replace('-', ''))],
  [/^-?\d+\.\d+$/, '1.5'],
  [/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, '00000000-0000-4000-8000-000000000000'],
  [
    /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/,
    (text) => (text.includes('T') ? '2000-01-01T00:00:00Z' : '2000-01-01'),
  ],
  [
    /^[a-z][a-z0-9+.-]*:\/\//i,
    (text) => `${/^[a-z][a-z0-9+.-]*/i.exec(text)?.[0].toLowerCase()}://made-up.invalid/`,
  ],
  [/^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'made-up@example.invalid'],
  [/^\d{1,3}(\.\d{1,3}){3}$/, '192.0.2.1'],
  [/^-----BEGIN /, '-----BEGIN MADE-UP-----\nbWFkZS11cA==\n-----END MADE-UP-----\n'],
  [/^[\w-]+(\.[\w-]+)+$/, 'made-up.invalid'],
  [
    /,/,
    (text) =>
      text
        .split(',')
        .map(() => 'made-up')
        .join(','),
  ],
]

function madeUp(text: string): string {
  const [, form] = forms.find(([pattern]) => pattern.test(text)) ?? []
  if (form === undefined) return padded(text)
  return typeof form === 'string' ? form : form(text)
}

/** As many digits, so that a port stays one that fits. */
function madeUpDigits(digits: string): string {
  return '1234567890123456'.slice(0, Math.min(digits.length, 15))
}

/** At least as long, for schemas that ask for a length; in steps, so that the length is not told. */
function padded(text: string): string {
  const length = Math.ceil(Math.max(text.length, 8) / 16) * 16
  return 'made-up-'.padEnd(length, 'x')
}
