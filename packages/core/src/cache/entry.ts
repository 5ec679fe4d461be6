import type { Reference } from '../declare/reference.ts'
import type { SecretsCacheError } from '../errors/index.ts'
import type { Source } from '../source/source.ts'
import type { Flight } from './flight.ts'
import type { Held } from './held.ts'
import type { Stamps } from './state.ts'

/** One thing that is fetched, shared by every reader of it. Only `cache.ts` writes it. */
export interface Entry extends Stamps {
  readonly key: string
  readonly source: Source
  readonly reference: Reference
  held: Held | undefined
  /** The ARN that AWS gave for it. */
  arn: string | undefined
  seq: number
  floor: number
  /** Nothing read before this load stands in for what cannot be read: it was refused for good, or all was forgotten. */
  refused: number
  loadedAt: number
  draw: number
  flight: Flight | undefined
  failures: number
  failedAt: number
  delay: number
  /** Of the last load that failed, while none has succeeded since. */
  error: SecretsCacheError | undefined
  /** The value that somebody found not to work any more. */
  rejected: Held | undefined
  /** When the last forced load began. */
  forcedAt: number
}

export function createEntry(key: string, source: Source, reference: Reference): Entry {
  return {
    key,
    source,
    reference,
    held: undefined,
    arn: undefined,
    seq: 0,
    floor: 0,
    refused: 0,
    loadedAt: Number.NaN,
    draw: 0,
    flight: undefined,
    failures: 0,
    failedAt: Number.NaN,
    delay: 0,
    error: undefined,
    rejected: undefined,
    forcedAt: Number.NaN,
  }
}
