import { type HiddenMap, hiddenMap } from '../shared/hidden-map.ts'
import { type Ticket, viewRecord } from './ticket.ts'

/** What a value was read from: equal while its bytes are. */
export type Content = object

export const contentOf = ({ held, entry }: Ticket): Content => held?.readings ?? entry

interface Leases {
  /** How many runs and invocations use a content now. */
  readonly uses: HiddenMap<Content, number>
  /** Told whenever a content is no longer used. */
  readonly onUnused: Set<() => void>
}

const marker = Symbol.for('@secrets-cache/core/leases/1')

function leases(): Leases {
  const shared = globalThis as { [marker]?: Leases }
  shared[marker] ??= { uses: hiddenMap(), onUnused: new Set() }
  return shared[marker]
}

/** Whether anything is derived at all: without it nobody needs to say what is in use. */
export function isLeasing(): boolean {
  return leases().onUnused.size > 0
}

export function isInUse(content: Content): boolean {
  return (leases().uses.get(content) ?? 0) > 0
}

/** Calls back whenever some content falls out of use. */
export function whenUnused(callback: () => void): void {
  leases().onUnused.add(callback)
}

/** Says that some contents are in use until the function it returns is called. */
export function lease(contents: readonly Content[]): () => void {
  const { uses, onUnused } = leases()
  for (const content of contents) uses.set(content, (uses.get(content) ?? 0) + 1)
  let isHeld = true
  return () => {
    if (!isHeld) return
    isHeld = false
    for (const content of contents) uses.set(content, (uses.get(content) as number) - 1)
    for (const callback of [...onUnused]) callback()
  }
}

/** Says that all that these views show is in use. */
export function leaseViews(views: readonly object[]): () => void {
  return lease(views.flatMap((view) => [...(viewRecord(view)?.tickets.values() ?? [])].map(contentOf)))
}
