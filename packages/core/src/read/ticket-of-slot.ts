import type { Cache } from '../cache/cache.ts'
import { type Held, isSameHeld, readHeld } from '../cache/held.ts'
import type { Emit } from '../shared/events.ts'
import { startWait } from '../shared/wait.ts'
import type { Ticket } from '../view/ticket.ts'
import { askedBy } from './asked.ts'
import { keyOf } from './serve.ts'
import type { Slot } from './slot.ts'

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

  async function renew(remaining: number): ReturnType<Ticket['renew']> {
    const wait = startWait(cache.clock, cache.limits, Math.min(patience, remaining - cache.limits.margin))
    try {
      return await wait.whole(renewed())
    } finally {
      wait.end()
    }
  }

  async function renewed(): ReturnType<Ticket['renew']> {
    if (!held) return 'unchanged'
    const refreshed = await cache.refreshRejected(entry, held, reader.times, emit)
    if (refreshed.status === 'unchanged') return 'unchanged'
    if (refreshed.status === 'failed') return undefined
    const parsed = await readHeld(refreshed.held, reader.declared)
    if (!parsed.ok) return undefined
    return { value: parsed.value, ticket: ticketFor(slot, refreshed.held, cache, emit, patience) }
  }

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
