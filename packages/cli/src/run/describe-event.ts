import type { CacheEvent } from './inside/tell.ts'
import type { Timed } from './sandbox.ts'

/** A line of the report: the time, the type of event, and what it is about. */
export interface EventLine {
  readonly at: number
  readonly type: string
  readonly detail: string
}

/**
 * One line for each event. Hits or misses of several keys share a line, so do retries for one cause, and a failed load and
 * the key it failed.
 */
export const describeEvents = (events: readonly Timed[]): readonly EventLine[] => {
  const lines: EventLine[] = []
  let before: CacheEvent | undefined
  for (const { at, event } of retriesTogether(events)) {
    const last = lines.at(-1)
    const line = { at, type: event.type, detail: detailOf(event) }
    if (last && before && joins(before, event))
      lines[lines.length - 1] = { ...last, detail: `${last.detail}, ${line.detail}` }
    else if (last && before && explains(before, event)) lines[lines.length - 1] = { ...line, at: last.at }
    else lines.push(line)
    before = event
  }
  return lines
}

/** Retries for the same cause that follow each other, as one event: with how often each id was tried again. */
const retriesTogether = (events: readonly Timed[]): readonly Timed[] => {
  const together: { at: number; event: CacheEvent & { times?: Map<unknown, number> } }[] = []
  for (const { at, event } of events) {
    const last = together.at(-1)?.event
    if (event.type !== 'retry') together.push({ at, event })
    else if (last?.times && last['code'] === event['code'])
      last.times.set(event['id'], (last.times.get(event['id']) ?? 0) + 1)
    else together.push({ at, event: { ...event, times: new Map([[event['id'], 1]]) } })
  }
  return together
}

const joins = (before: CacheEvent, { type }: CacheEvent): boolean =>
  before.type === type && (type === 'hit' || type === 'miss')

/** Whether an error of a key reports the failed load just before it. */
const explains = (before: CacheEvent, event: CacheEvent): boolean =>
  before.type === 'failed' &&
  event.type === 'error' &&
  before['id'] === event['id'] &&
  before['code'] === event['code']

const detailOf = (event: CacheEvent): string => {
  const { type, key, id, ids, source, fresh, milliseconds, isChanged } = event
  if (type === 'load')
    return `${(ids as readonly string[]).join(', ')} from ${source}${fresh === true ? ', past every cache' : ''}`
  if (type === 'loaded')
    return `${id} after ${Number(milliseconds).toFixed(1)} ms${isChanged === false ? ', the same' : ''}`
  if (type === 'hit' || type === 'miss') return String(key)
  if (event['times'] instanceof Map) {
    const tried = [...event['times']].map(([one, count]) => (count === 1 ? one : `${one} ${count} times`))
    return [...tried, event['code']].join(', ')
  }
  const { code, reason, next, result } = event
  const then = next === undefined ? undefined : `then ${next}`
  return [key ?? id ?? source, code, reason, then, result].filter((word) => word !== undefined).join(', ')
}
