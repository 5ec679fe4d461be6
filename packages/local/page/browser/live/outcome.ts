import type { CallView, EventView } from '../../../src/page/messages.ts'

/** How well something went, from best to worst; the lanes show the worst of a moment. */
export const OUTCOMES = ['fresh', 'asked', 'stale', 'refused'] as const

export type Outcome = (typeof OUTCOMES)[number]

export const isRefused = ({ outcome }: CallView): boolean => outcome !== '200' && !outcome.startsWith('200 (')

/** A request to the layer is served, an API call asks AWS. */
export const outcomeOfCall = (call: CallView): Outcome => {
  if (isRefused(call)) return 'refused'
  return call.face === 'aws' ? 'asked' : 'fresh'
}

const OF_EVENTS: Readonly<Record<string, Outcome>> = {
  hit: 'fresh',
  miss: 'fresh',
  load: 'asked',
  loaded: 'asked',
  refresh: 'asked',
  stale: 'stale',
  fallback: 'stale',
  retry: 'stale',
  next: 'stale',
  degraded: 'stale',
  error: 'refused',
  failed: 'refused',
  note: 'refused',
}

export const outcomeOfEvent = ({ type }: EventView): Outcome => OF_EVENTS[type] ?? 'fresh'
