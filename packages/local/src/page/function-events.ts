import { CACHE_EVENTS } from '../cache-events.ts'
import { LocalError } from '../local-error.ts'
import type { EventView, FunctionEvent } from './messages.ts'

const KEPT = 1000
/** Nobody posts more at once; a mistake must not fill the memory. */
const AT_ONCE = 1000
const LONGEST = 200

/** Theirs, and `note`: a line of whoever posts it, such as a database's refused logins. */
const TYPES: readonly string[] = [...CACHE_EVENTS, 'note']

/** The fields that are shown. Any other is dropped, so that a value never gets here by mistake. */
const SHOWN = ['source', 'reason', 'code', 'result', 'text'] as const

/** The last events of the function under `run`. */
export const createFunctionEvents = () => {
  const list: EventView[] = []
  let count = 0

  return {
    list: (): readonly EventView[] => list,
    count: (): number => count,
    /** Takes events as their channels published them, each with the time `at` which it was heard. */
    add: (given: unknown): void => {
      if (!Array.isArray(given) || given.length > AT_ONCE)
        throw new LocalError('CONTROL', `events: give an array of at most ${AT_ONCE} events.`)
      for (const event of given.map(functionEvent)) list.push({ ...event, sequence: ++count })
      list.splice(0, list.length - KEPT)
    },
  }
}

const functionEvent = (given: unknown): FunctionEvent => {
  const event = (typeof given === 'object' && given !== null ? given : {}) as Readonly<
    Record<string, unknown>
  >
  const { type, at, id, ids, ageSeconds, milliseconds } = event
  if (typeof type !== 'string' || !TYPES.includes(type))
    throw new LocalError('CONTROL', `events: type is one of ${TYPES.join(', ')}.`)
  if (typeof at !== 'number' || !Number.isFinite(at))
    throw new LocalError('CONTROL', 'events: at is the time in milliseconds since 1970.')
  const named = (Array.isArray(ids) ? ids : [id]).filter((one) => typeof one === 'string')
  const words = [
    ...SHOWN.map((field) => event[field]),
    event['fresh'] === true ? 'forced' : undefined,
    typeof event['next'] === 'string' ? `next ${event['next']}` : undefined,
    typeof ageSeconds === 'number' ? `${round(ageSeconds)} s old` : undefined,
    typeof milliseconds === 'number' ? `${round(milliseconds)} ms` : undefined,
    event['isChanged'] === true ? 'a new version' : undefined,
  ].filter((word) => typeof word === 'string' && word !== '')
  return { at, type, ids: named, detail: words.join(', ').slice(0, LONGEST) }
}

const round = (number: number): number => Math.round(number * 10) / 10
