import { batch, computed, signal } from '@preact/signals'
import type { Held } from '../../../src/held.ts'
import type { CallView, EntryView, EventView, FaultView, Update } from '../../../src/page/messages.ts'

/** How many requests and events are kept: enough to look back, and few enough to draw. */
const KEPT = 2000

export const status = signal<'connecting' | 'open' | 'lost' | 'refused'>('connecting')
export const about = signal<Update['about']>(undefined)
export const account = signal<readonly EntryView[]>([])
export const faults = signal<readonly FaultView[]>([])
export const held = signal<readonly Held[]>([])
export const calls = signal<readonly CallView[]>([])
export const events = signal<readonly EventView[]>([])
export const total = signal(0)

/** Milliseconds by which the stand-in's clock is ahead of the browser's. */
let ahead = 0

/** The stand-in's time. */
export const standInNow = (): number => Date.now() + ahead

/** Takes what is new. */
export const take = (update: Update): void =>
  batch(() => {
    ahead = update.now - Date.now()
    // A stand-in that was started anew counts from the beginning.
    if (update.total < total.value) {
      calls.value = []
      events.value = []
    }
    total.value = update.total
    if (update.about) about.value = update.about
    if (update.account) account.value = update.account
    if (update.faults) faults.value = update.faults
    if (update.held) held.value = update.held
    if (update.calls) calls.value = joined(calls.value, update.calls)
    if (update.events) events.value = joined(events.value, update.events)
  })

/**
 * By time, without what is known already: after a pause the stand-in sends its last ones again, and several processes may
 * post their events.
 */
const joined = <Item extends { readonly sequence: number; readonly at: number }>(
  known: readonly Item[],
  more: readonly Item[],
): readonly Item[] => {
  const last = known.reduce((highest, { sequence }) => Math.max(highest, sequence), 0)
  const added = more.filter(({ sequence }) => sequence > last)
  return [...known, ...added]
    .sort((one, other) => one.at - other.at || one.sequence - other.sequence)
    .slice(-KEPT)
}

/** Each secret's and parameter's name by its name and its ARN. */
const names = computed(
  () => new Map(account.value.flatMap(({ name, arn }) => [[name, name] as const, [arn, name] as const])),
)

/** The name that an id means: it may be an ARN, have a selector, or be Parameter Store's reference to a secret. */
export const nameOf = (id: string): string => {
  const plain = id.replace('/aws/reference/secretsmanager/', '')
  return names.value.get(plain) ?? names.value.get(plain.replace(/:[^:]*$/, '')) ?? plain
}
