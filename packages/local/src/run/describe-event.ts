import type { CacheEvent } from './inside/tell.ts'
import type { Timed } from './sandbox.ts'

/** A line of the report: when, what, and of what. */
export interface EventLine {
  readonly at: number
  readonly type: string
  readonly detail: string
}

/** One line for each event; the same thing about several keys is one line, and so is what failed and for which key. */
export const describeEvents = (events: readonly Timed[]): readonly EventLine[] => {
  const lines: EventLine[] = []
  let before: CacheEvent | undefined
  for (const { at, event } of events) {
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

const joins = (before: CacheEvent, { type }: CacheEvent): boolean =>
  before.type === type && (type === 'hit' || type === 'miss')

/** A load that failed, and the key that failed of it. */
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
  const { code, reason, next, result } = event
  const then = next === undefined ? undefined : `then ${next}`
  return [key ?? id ?? source, code, reason, then, result].filter((word) => word !== undefined).join(', ')
}
