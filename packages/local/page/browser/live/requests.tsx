import { useState } from 'preact/hooks'
import type { CallView, EventView } from '../../../src/page/messages.ts'
import { exactTime } from '../shared/format.ts'
import { lines, type Who } from './lines.ts'

/** Rows of the table: more than fit on a screen, and few enough to draw four times a second. */
const MOST = 120

interface RequestsProps {
  readonly calls: readonly CallView[]
  readonly events: readonly EventView[]
}

const WHO: readonly { readonly who: Who | ''; readonly title: string }[] = [
  { who: '', title: 'everybody' },
  { who: 'layer', title: 'requests to the layer' },
  { who: 'AWS', title: 'calls of AWS' },
  { who: 'function', title: 'the function' },
]

/** Single requests, newest first. */
export const Requests = ({ calls, events }: RequestsProps) => {
  const [words, setWords] = useState('')
  const [who, setWho] = useState<Who | ''>('')
  const [isRefused, setRefused] = useState(false)
  const [hasHits, setHits] = useState(true)
  const shown = lines({ calls, events }, { words, who, isRefused, hasHits, most: MOST })
  return (
    <section class="requests" aria-label="Requests">
      <header>
        <h2>Requests</h2>
        <input
          type="search"
          aria-label="Filter requests"
          placeholder="Filter: name, operation or outcome"
          value={words}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
        />
        <select
          aria-label="Of whom"
          value={who}
          onChange={({ currentTarget }) => setWho(currentTarget.value as Who)}
        >
          {WHO.map(({ who: each, title }) => (
            <option key={each} value={each}>
              {title}
            </option>
          ))}
        </select>
        <label class="check">
          <input
            type="checkbox"
            checked={!hasHits}
            onChange={({ currentTarget }) => setHits(!currentTarget.checked)}
          />
          no hits
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={isRefused}
            onChange={({ currentTarget }) => setRefused(currentTarget.checked)}
          />
          refused only
        </label>
      </header>
      {shown.length === 0 ? (
        <p class="empty">
          {calls.length + events.length === 0 ? 'No requests yet.' : 'Nothing matches the filter.'}
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
        <section class="scroll" tabIndex={0} aria-label="List of requests">
          <table>
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">Who</th>
                <th scope="col">What</th>
                <th scope="col">Name</th>
                <th scope="col">Outcome</th>
                <th scope="col" class="number">
                  ms
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((line) => (
                <tr key={line.key} class={line.outcome}>
                  <td class="number">{exactTime(line.at)}</td>
                  <td>{line.by}</td>
                  <td>{line.what}</td>
                  <td class="name">{line.names}</td>
                  <td class="outcome">{line.result}</td>
                  <td class="number">{line.milliseconds?.toFixed(1)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  )
}
