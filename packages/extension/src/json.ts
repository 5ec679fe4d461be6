export type Fields = Readonly<Record<string, unknown>>

/** JSON.parse's own message quotes the text, so it goes no further. */
export function parseFields(json: string | undefined): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(json as string))
  } catch {
    // No JSON, no fields.
  }
  return undefined
}

/** What is no object has none. */
export function fieldsOf(value: unknown): Fields {
  return Object(value) as Fields
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
