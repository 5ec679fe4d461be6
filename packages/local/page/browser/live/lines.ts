import type { CallView, EventView } from '../../../src/page/messages.ts'
import { type Outcome, outcomeOfCall, outcomeOfEvent } from './outcome.ts'

export type Who = 'layer' | 'AWS' | 'function'

export interface Line {
  readonly key: string
  readonly at: number
  readonly who: Who
  /** Who asked, in words. */
  readonly by: string
  readonly what: string
  readonly names: string
  readonly result: string
  readonly outcome: Outcome
  readonly milliseconds?: number
}

interface Wanted {
  readonly words: string
  readonly who: Who | ''
  readonly isRefused: boolean
  /** Whether fresh values that the function was served are listed: they are by far the most. */
  readonly hasHits: boolean
  readonly most: number
}

const BY = { client: 'function', sdk: 'SDK', layer: 'layer', agent: 'agent' } as const

const ofCall = (call: CallView): Line => ({
  key: `call ${call.sequence}`,
  at: call.at,
  who: call.face === 'aws' ? 'AWS' : 'layer',
  by: `${BY[call.by]} → ${call.face === 'aws' ? 'AWS' : call.face}`,
  what: call.operation,
  names: call.ids.join(', '),
  result: call.outcome,
  outcome: outcomeOfCall(call),
  milliseconds: call.milliseconds,
})

const ofEvent = (event: EventView): Line => ({
  key: `event ${event.sequence}`,
  at: event.at,
  who: 'function',
  // A note is of whoever runs the function, not of the function.
  by: event.type === 'note' ? 'note' : 'in the function',
  what: event.type === 'note' ? '' : event.type,
  names: event.ids.join(', '),
  result: event.detail,
  outcome: outcomeOfEvent(event),
})

/** The newest lines that are wanted, newest first. */
export const lines = (
  { calls, events }: { readonly calls: readonly CallView[]; readonly events: readonly EventView[] },
  { words, who, isRefused, hasHits, most }: Wanted,
): readonly Line[] => {
  const needle = words.trim().toLowerCase()
  const isWanted = (line: Line): boolean =>
    (who === '' || line.who === who) &&
    (hasHits || line.who !== 'function' || line.what !== 'hit') &&
    (!isRefused || line.outcome === 'refused') &&
    (needle === '' || `${line.by} ${line.what} ${line.names} ${line.result}`.toLowerCase().includes(needle))
  const found: Line[] = []
  let call = calls.length - 1
  let event = events.length - 1
  // From both ends at once, so that no more lines are made than are shown.
  while (found.length < most && (call >= 0 || event >= 0)) {
    const one = calls[call]
    const other = events[event]
    const isCall = one !== undefined && (other === undefined || one.at >= other.at)
    const line = isCall ? ofCall(calls[call--] as CallView) : ofEvent(events[event--] as EventView)
    if (isWanted(line)) found.push(line)
  }
  return found
}
