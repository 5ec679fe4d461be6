import type { Cache } from '../cache/cache.ts'
import type { ViewName } from '../declare/reference-of.ts'
import type { Emit } from '../shared/events.ts'
import { recordView } from '../view/ticket.ts'
import { viewMaker } from '../view/view.ts'
import type { Serving } from './serving.ts'
import type { Slot } from './slot.ts'
import { ticketFor } from './ticket-of-slot.ts'

/** Both views of one read. */
export type Views = { readonly [View in ViewName]?: object }

/** Turns servings into views; the last views are given again while every value is the same. */
export type Snapshot = (servings: readonly Serving[]) => Views

/** Snapshots of the slots of one declaration. The classes behind the views are made here, once. */
export function createSnapshot(slots: readonly Slot[], cache: Cache, emit: Emit, patience: number): Snapshot {
  const makers = (['secrets', 'parameters'] as const).flatMap((view) => {
    const indices = [...slots.keys()].filter((index) => (slots[index] as Slot).reader.view === view)
    const keys = indices.map((index) => (slots[index] as Slot).reader.key)
    return indices.length === 0 ? [] : [{ view, indices, keys, make: viewMaker(titles[view], keys) }]
  })
  let last: { readonly servings: readonly Serving[]; readonly views: Views } | undefined

  return (servings) => {
    if (last?.servings.every((serving, index) => isSame(serving, servings[index] as Serving)))
      return last.views
    const views = makers.map(({ view, indices, keys, make }) => {
      const made = make(indices.map((index) => (servings[index] as Serving).value))
      const tickets = indices.map((index) =>
        ticketFor(slots[index] as Slot, (servings[index] as Serving).held, cache, emit, patience),
      )
      recordView(made, {
        name: titles[view],
        tickets: new Map(keys.map((key, at) => [key, tickets[at] as never])),
      })
      return [view, made] as const
    })
    last = { servings, views: Object.freeze(Object.fromEntries(views)) }
    return last.views
  }
}

const titles = { secrets: 'Secrets', parameters: 'Parameters' } as const

/** Equal bytes are read once, so what was read from the same is the same; so is a key's fallback. */
function isSame(a: Serving, b: Serving): boolean {
  return a.held?.readings === b.held?.readings
}
