type Fields = Readonly<Record<string, unknown>>

/**
 * A path into a value, for a message: array indices, and keys that the schema names. A key that comes out of the
 * data, of a record say, may be a secret itself: it is shown as `[key]`, and what follows it is left out.
 * `undefined` where there is no schema to name anything.
 */
export function shownPath(path: readonly (string | number)[], schema: unknown): string | undefined {
  if (!schema) return undefined
  const shown: string[] = []
  let at: unknown = schema
  for (const step of path) {
    at = childOf(at, step)
    if (at === undefined && typeof step !== 'number') return JSON.stringify([...shown, '[key]'].join('.'))
    shown.push(String(step))
  }
  return JSON.stringify(shown.join('.'))
}

/** The schema of one key or item, where a schema shows its structure as zod, valibot or arktype do. */
function childOf(schema: unknown, step: string | number): unknown {
  try {
    const inner = unwrapped(schema)
    if (typeof step === 'number') return itemOf(inner)
    const { shape, entries, props } = inner
    const named = shape ?? entries
    if (named && Object.hasOwn(named, step)) return (named as Fields)[step]
    return Array.isArray(props) ? (props as Fields[]).find(({ key }) => key === step)?.['value'] : undefined
  } catch {
    // A foreign object: what it does not tell is not shown.
    return undefined
  }
}

/** Without what makes a schema optional, gives it a default or transforms it. */
function unwrapped(schema: unknown): Fields {
  const { wrapped, _zod, _def } = Object(schema) as Fields
  const { innerType, in: input, schema: before } = Object(Object(_zod).def ?? _def) as Fields
  const inner = wrapped ?? innerType ?? input ?? before
  return inner ? unwrapped(inner) : (Object(schema) as Fields)
}

function itemOf({ element, item }: Fields): unknown {
  return element ?? item
}
