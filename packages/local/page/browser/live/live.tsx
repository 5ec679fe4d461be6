import { useState } from 'preact/hooks'
import { count } from '../shared/format.ts'
import { calls, events, total } from '../shared/state.ts'
import { useCommand } from '../shared/use-command.ts'
import { Lanes } from './lanes.tsx'
import { Requests } from './requests.tsx'

/** What is asked, as it comes: lanes above, and single requests below. */
export const Live = () => {
  const [paused, setPaused] = useState<{
    readonly calls: typeof calls.value
    readonly events: typeof events.value
  }>()
  const { run } = useCommand()
  const seen = paused ?? { calls: calls.value, events: events.value }
  return (
    <div class="live">
      <div class="tools">
        <button
          type="button"
          aria-pressed={paused !== undefined}
          onClick={() => setPaused(paused ? undefined : { calls: calls.value, events: events.value })}
        >
          {paused ? 'Go on' : 'Pause'}
        </button>
        <button type="button" onClick={() => void run('forget')}>
          Empty the layer’s cache
        </button>
        <span class="muted total">{count(total.value, 'request')} in all</span>
      </div>
      <Lanes calls={seen.calls} events={seen.events} isPaused={paused !== undefined} />
      <Requests calls={seen.calls} events={seen.events} />
    </div>
  )
}
