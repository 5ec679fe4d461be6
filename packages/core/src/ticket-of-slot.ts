import { askedBy } from './asked.ts'
import type { Cache } from './cache.ts'
import { TimeoutError } from './errors/index.ts'
import type { Emit } from './events.ts'
import { type Held, isSameHeld, readHeld } from './held.ts'
import { keyOf } from './serve.ts'
import type { Slot } from './slot.ts'
import type { Renewed, Ticket } from './ticket.ts'
import { startWait } from './wait.ts'

/** The ticket of one key in a view made from `held`. */
export function ticketFor(
  slot: Slot,
  held: Held | undefined,
  cache: Cache,
  emit: Emit,
  patience: number,
): Ticket {
  const { entry, reader } = slot
  const { key: label, id, source } = keyOf(reader)
  const { minimumRefreshInterval, pauseJitter } = cache.limits
  const pauseMilliseconds = minimumRefreshInterval * (1 + pauseJitter * entry.draw)

  async function renew(remaining: number): Promise<Renewed> {
    const wait = startWait(cache.clock, cache.limits, Math.min(patience, remaining - cache.limits.margin))
    try {
      return (await wait.whole(renewWithin())) ?? timedOut()
    } finally {
      wait.end()
    }
  }

  async function renewWithin(): Promise<Renewed> {
    if (!held) return { status: 'unchanged' }
    const refreshed = await cache.refreshRejected(entry, held, reader.times, emit)
    if (refreshed.status !== 'changed') return refreshed
    const parsed = await readHeld(refreshed.held, reader.declared)
    if (!parsed.ok) return { status: 'failed', error: parsed.error }
    const ticket = ticketFor(slot, refreshed.held, cache, emit, patience)
    return { status: 'changed', value: parsed.value, ticket }
  }

  const timedOut = (): Renewed => ({ status: 'failed', error: new TimeoutError({ key: label, id, source }) })

  return {
    label,
    id,
    source,
    isRefreshable: reader.source.refreshable !== false,
    held,
    entry,
    asked: askedBy(reader),
    isCurrent: () => entry.held?.readings === held?.readings,
    isRejected: () => held !== undefined && entry.rejected !== undefined && isSameHeld(entry.rejected, held),
    reject: () => cache.reject(entry, held),
    accept: () => cache.reject(entry, undefined),
    renew,
    pauseMilliseconds,
    pause: () =>
      new Promise((resolve) => {
        cache.clock.after(pauseMilliseconds, resolve)
      }),
  }
}
