import { referenceKey } from '../declare/reference.ts'
import type { Asked } from '../view/ticket.ts'
import type { Reader } from './reader.ts'

/** What a reader asks for: its thing, and how it reads it. */
export function askedBy({ source, reference, declared }: Reader): Asked {
  return {
    entryKey: referenceKey(source.identity, reference),
    format: declared.format,
    schema: declared.schema,
  }
}

export function isSameAsked(a: Asked, b: Asked): boolean {
  return a.entryKey === b.entryKey && a.format === b.format && a.schema === b.schema
}
