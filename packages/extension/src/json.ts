export type Fields = Readonly<Record<string, unknown>>

/** JSON.parse's own message quotes the text, so it goes no further. */
export function parseObject(json: string | undefined): Fields | undefined {
  try {
    return asObject(JSON.parse(json as string))
  } catch {
    // No JSON, no object.
  }
  return undefined
}

export function asObject(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
