import { useState } from 'preact/hooks'
import type { CallView, EventView } from '../../../src/page/messages.ts'
import { count } from '../shared/format.ts'
import { account, held, nameOf } from '../shared/state.ts'
import { useNow } from '../shared/use-now.ts'
import { LaneRow } from './lane-row.tsx'
import { lanesOf } from './lanes-data.ts'
import { Legend } from './legend.tsx'

const WINDOWS = [
  { seconds: 15, title: '15 s' },
  { seconds: 60, title: '1 min' },
  { seconds: 300, title: '5 min' },
] as const

const MOMENTS = 180
/** More lanes than anybody watches at once. */
const MOST = 24

interface LanesProps {
  readonly calls: readonly CallView[]
  readonly events: readonly EventView[]
  readonly isPaused: boolean
}

/** A lane for each value, over the last seconds. */
export const Lanes = ({ calls, events, isPaused }: LanesProps) => {
  const [seconds, setSeconds] = useState<number>(60)
  const now = useNow(250, !isPaused)
  const span = { from: now - seconds * 1000, to: now, moments: MOMENTS }
  const lanes = lanesOf({ calls, events, account: account.value, nameOf }, span)
  return (
    <section class="lanes" aria-label="Lanes">
      <header>
        <h2>Values</h2>
        <Legend />
        <fieldset class="choice">
          <legend class="hidden">Time shown</legend>
          {WINDOWS.map(({ seconds: each, title }) => (
            <label key={each}>
              <input
                type="radio"
                name="window"
                checked={each === seconds}
                onChange={() => setSeconds(each)}
              />
              <span class="window">{title}</span>
            </label>
          ))}
        </fieldset>
      </header>
      {lanes.length === 0 ? (
        <div class="empty">
          <p>Nothing has been asked yet. Invoke your function: each value gets a lane here.</p>
        </div>
      ) : (
        <ul>
          {lanes.slice(0, MOST).map((lane) => (
            <LaneRow
              key={lane.name}
              lane={lane}
              span={span}
              now={now}
              held={held.value.filter(({ id }) => nameOf(id) === lane.name)}
            />
          ))}
        </ul>
      )}
      {lanes.length > MOST && <p class="muted">{count(lanes.length - MOST, 'more value')} not shown.</p>}
    </section>
  )
}
