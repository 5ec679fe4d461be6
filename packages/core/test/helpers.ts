import { createSecrets, type Declarations, type SecretsEvent, type Source } from '@secrets-cache/core'
import {
  createCache,
  type FakeClock,
  fakeClock,
  type MemoryValues,
  memorySource,
} from '@secrets-cache/core/testing'

export interface Harness {
  readonly clock: FakeClock
  readonly cache: ReturnType<typeof createCache>
  readonly events: SecretsEvent[]
}

/** An engine of the test's own, on a clock that stands still, without jitter. */
export function harness(): Harness {
  const clock = fakeClock()
  return { clock, cache: createCache({ clock, random: () => 0 }), events: [] }
}

/** Lets everything that is already settled go through. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A reader of one text from memory, with what it takes to make time pass and values change. */
export function readerOf(values: MemoryValues, options: Partial<Declarations<Record<string, string>>> = {}) {
  const { clock, cache, events } = harness()
  const source = memorySource(values)
  const reader = createSecrets({
    source: source as Source,
    cache,
    prefetch: false,
    onEvent: (event) => events.push(event),
    secrets: { db: 'prod/db' } as Record<string, string>,
    ...options,
  })
  return { clock, cache, events, source, reader }
}
