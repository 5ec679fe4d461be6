import { useState } from 'preact/hooks'
import type { EntryView } from '../../../src/page/messages.ts'
import { bytes, count, versionName } from '../shared/format.ts'
import { account } from '../shared/state.ts'

export const keyOf = ({ kind, name }: Pick<EntryView, 'kind' | 'name'>): string => `${kind} ${name}`

interface EntryListProps {
  readonly selected: EntryView | undefined
  readonly onSelect: (entry: EntryView) => void
  readonly onAdd: () => void
}

const GROUPS = [
  { kind: 'secret', title: 'Secrets' },
  { kind: 'parameter', title: 'Parameters' },
] as const

/** Thousands of names are listed only as far as anybody reads. */
const MOST = 300

export const EntryList = ({ selected, onSelect, onAdd }: EntryListProps) => {
  const [filter, setFilter] = useState('')
  const found = account.value.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()))
  return (
    <>
      <div class="tools">
        <input
          type="search"
          aria-label="Filter by name"
          placeholder="Filter by name"
          value={filter}
          onInput={({ currentTarget }) => setFilter(currentTarget.value)}
        />
        <button type="button" onClick={onAdd}>
          Add
        </button>
      </div>
      <div class="groups">
        {GROUPS.map(({ kind, title }) => {
          const all = found.filter((entry) => entry.kind === kind)
          if (all.length === 0) return null
          return (
            <section key={kind} aria-label={title}>
              <h2>
                {title} <span class="muted">{all.length}</span>
              </h2>
              <ul class="entries">
                {all.slice(0, MOST).map((entry) => (
                  <li key={entry.name}>
                    <button
                      type="button"
                      aria-current={selected && keyOf(selected) === keyOf(entry) ? 'true' : undefined}
                      onClick={() => onSelect(entry)}
                    >
                      <span class="name">{entry.name}</span>
                      <span class="facts">{factsOf(entry)}</span>
                    </button>
                  </li>
                ))}
              </ul>
              {all.length > MOST && (
                <p class="muted none">{count(all.length - MOST, 'more name')}: filter to find them.</p>
              )}
            </section>
          )
        })}
      </div>
      {found.length === 0 && account.value.length > 0 && <p class="muted none">No name has “{filter}”.</p>}
    </>
  )
}

const factsOf = (entry: EntryView): string => {
  const { type, current, versions, isDeleted } = entry
  if (isDeleted) return 'scheduled for deletion'
  const size = versions.find(({ id }) => id === current)?.bytes ?? 0
  return [type, versionName(entry, current), bytes(size)].join(' · ')
}
