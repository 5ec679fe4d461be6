import type { FaultView } from '../../../src/page/messages.ts'
import { count, span } from '../shared/format.ts'
import { faults } from '../shared/state.ts'
import { useCommand } from '../shared/use-command.ts'
import { useNow } from '../shared/use-now.ts'
import { titleOf } from './catalogue.ts'

/** The active faults, also those of the command line and of a test. */
export const Active = () => {
  const all = faults.value
  const now = useNow(500, all.length > 0)
  const { run } = useCommand()
  return (
    <section class="active" aria-label="Active faults">
      <header>
        <h2>{all.length === 0 ? 'All is well' : count(all.length, 'active fault')}</h2>
        {all.length > 0 && (
          <button type="button" class="primary" onClick={() => void run('endFaults')}>
            All well again
          </button>
        )}
      </header>
      {all.length === 0 ? (
        <p class="muted">Switch a fault on: it meets real requests at once.</p>
      ) : (
        <ul>
          {all.map((fault) => (
            <li key={fault.id}>
              <div class="what">
                <strong>{titleOf(fault.name)}</strong> {fault.detail}
                <button
                  type="button"
                  class="quiet"
                  aria-label={`End ${titleOf(fault.name)}`}
                  onClick={() => void run('endFault', { id: fault.id })}
                >
                  End
                </button>
              </div>
              <p class="muted">{scopeOf(fault, now)}</p>
              <p class="muted">met {count(fault.played, 'request')}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const PLACES = { layer: 'requests to the layer', aws: 'calls of AWS', both: 'all requests' }

const scopeOf = ({ ids, at, left, until }: FaultView, now: number): string =>
  [
    ids.length > 0 ? ids.map((id) => (id === '*' ? 'every name' : id)).join(', ') : PLACES[at],
    ...(ids.length > 0 && at !== 'both' ? [PLACES[at]] : []),
    ...(left === null ? [] : [`${left} more`]),
    ...(until === null ? [] : [`ends in ${span(until - now)}`]),
  ].join(' · ')
