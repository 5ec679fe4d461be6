import type { CallView, EntryView, EventView } from '../../../src/page/messages.ts'
import { OUTCOMES, type Outcome, outcomeOfCall, outcomeOfEvent } from './outcome.ts'

export const ROWS = ['function', 'layer', 'AWS'] as const

export type Row = (typeof ROWS)[number]

export interface Lane {
  readonly name: string
  readonly entry: EntryView | undefined
  /** The worst outcome of each moment of the window, by row; undefined where nothing happened. */
  readonly moments: Readonly<Record<Row, readonly (Outcome | undefined)[]>>
  readonly counts: Readonly<Record<Row, number>>
  readonly refused: number
}

export interface Span {
  /** Milliseconds since 1970. */
  readonly from: number
  readonly to: number
  /** How many moments it is cut into. */
  readonly moments: number
}

interface Seen {
  readonly calls: readonly CallView[]
  readonly events: readonly EventView[]
  readonly account: readonly EntryView[]
  readonly nameOf: (id: string) => string
}

/** A lane for each value that was ever asked for, by name. */
export const lanesOf = ({ calls, events, account, nameOf }: Seen, span: Span): readonly Lane[] => {
  const lanes = new Map<string, ReturnType<typeof emptyLane>>()
  const laneOf = (id: string) => {
    const name = nameOf(id)
    const known = lanes.get(name)
    if (known) return known
    const made = emptyLane(span.moments)
    lanes.set(name, made)
    return made
  }
  const mark = (ids: readonly string[], row: Row, at: number, outcome: Outcome): void => {
    const moment = Math.floor(((at - span.from) / (span.to - span.from)) * span.moments)
    for (const id of ids) {
      const lane = laneOf(id)
      if (moment < 0 || moment >= span.moments) continue
      lane.counts[row]++
      if (outcome === 'refused') lane.refused++
      const before = lane.moments[row][moment]
      if (before === undefined || OUTCOMES.indexOf(before) < OUTCOMES.indexOf(outcome))
        lane.moments[row][moment] = outcome
    }
  }
  for (const call of calls)
    mark(call.ids, call.face === 'aws' ? 'AWS' : 'layer', call.at, outcomeOfCall(call))
  for (const event of events) mark(event.ids, 'function', event.at, outcomeOfEvent(event))
  return [...lanes]
    .map(([name, lane]) => ({ name, entry: account.find((one) => one.name === name), ...lane }))
    .sort((one, other) => Number(one.name > other.name) - Number(one.name < other.name))
}

const emptyLane = (moments: number) => ({
  moments: {
    function: new Array<Outcome | undefined>(moments),
    layer: new Array<Outcome | undefined>(moments),
    AWS: new Array<Outcome | undefined>(moments),
  },
  counts: { function: 0, layer: 0, AWS: 0 },
  refused: 0,
})

/** How high each outcome stands in its row, from 0 to 1, so that colour is not the only sign. */
const HEIGHTS: Readonly<Record<Outcome, number>> = { fresh: 0.35, asked: 0.7, stale: 0.55, refused: 1 }

/** One path for all moments of an outcome in a row: few elements, however many requests. */
export const pathOf = (
  moments: readonly (Outcome | undefined)[],
  outcome: Outcome,
  height: number,
): string => {
  const tall = height * HEIGHTS[outcome]
  let path = ''
  for (const [index, each] of moments.entries())
    if (each === outcome) path += `M${index} ${height - tall}h1v${tall}h-1z`
  return path
}
