import type { CacheEvent } from './inside/tell.ts'
import type { Timed } from './sandbox.ts'

/** A line of the report: when, what, and of what. */
export interface EventLine {
  readonly at: number
  readonly type: string
  readonly detail: string
}

/** One line for each event; the same thing about several keys is one line. */
export const describeEvents = (events: readonly Timed[]): readonly EventLine[] => {
  const lines: EventLine[] = []
  for (const { at, event } of events) {
    const last = lines.at(-1)
    const detail = detailOf(event)
    const joins = last?.type === event.type && (event.type === 'hit' || event.type === 'miss')
    if (last && joins) lines[lines.length - 1] = { ...last, detail: `${last.detail}, ${detail}` }
    else lines.push({ at, type: event.type, detail })
  }
  return lines
}

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
