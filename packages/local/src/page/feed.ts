import type { LocalResponse, Write } from '../http.ts'
import { clearInterval, setInterval } from '../real-timers.ts'
import { accountView } from './account-view.ts'
import { faultViews } from './fault-view.ts'
import type { Update } from './messages.ts'
import type { PageParts } from './parts.ts'

/** Milliseconds between two looks at what is new: often enough for eyes, and rare enough for thousands of requests. */
const LOOK = 150
/** Looks without news until a sign of life is sent all the same. */
const SILENT = 20
/** Of a burst only the newest are sent; the page counts the rest. */
const AT_ONCE = 400

/** Server-sent events: first everything, then what is new. */
export const feed = (parts: PageParts): LocalResponse => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  delivery: { kind: 'stream', open: (write) => follow(parts, write) },
})

const follow = ({ account, calls, events, held, plan, about, now }: PageParts, write: Write) => {
  const sent = new Map<string, string>()
  let called = 0
  let heard = 0
  let silent = SILENT

  /** What is new; `commit` is called once it was sent. */
  const changes = () => {
    const marks = new Map<string, string>()
    const changed = <Value>(name: string, value: Value): Record<string, Value> => {
      const text = JSON.stringify(value)
      if (sent.get(name) === text) return {}
      marks.set(name, text)
      return { [name]: value }
    }
    const total = calls.remembered()
    const count = events.count()
    // The list starts anew at a reset, and its count goes on.
    const newCalls = lastOf(calls.view.list, total - called).map((call, index, all) => ({
      ...call,
      sequence: total - all.length + index + 1,
    }))
    const newEvents = lastOf(events.list(), count - heard)
    const update = {
      ...changed('about', about),
      ...changed('account', accountView(account)),
      ...changed('faults', faultViews(plan.list())),
      ...changed('held', held()),
      ...(newCalls.length > 0 ? { calls: newCalls } : {}),
      ...(newEvents.length > 0 ? { events: newEvents } : {}),
    }
    const commit = () => {
      for (const [name, text] of marks) sent.set(name, text)
      called = total
      heard = count
      silent = 0
    }
    return { update, total, commit }
  }

  const look = (): void => {
    const { update, total, commit } = changes()
    if (Object.keys(update).length === 0 && ++silent < SILENT) return
    const message: Update = { now: now(), total, ...update }
    if (write(`data: ${JSON.stringify(message)}\n\n`)) commit()
  }
  look()
  const timer = setInterval(look, LOOK)
  return () => clearInterval(timer)
}

const lastOf = <Item>(list: readonly Item[], count: number): readonly Item[] =>
  count <= 0 ? [] : list.slice(-Math.min(count, AT_ONCE))
