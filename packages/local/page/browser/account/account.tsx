import { useState } from 'preact/hooks'
import { account, status } from '../shared/state.ts'
import { AddForm } from './add-form.tsx'
import { Entry } from './entry.tsx'
import { EntryList, keyOf } from './entry-list.tsx'

/** Secrets and parameters: a list, and one of them. */
export const Account = () => {
  const [selected, select] = useState<string>()
  const [isAdding, setAdding] = useState(false)
  const all = account.value
  const entry = all.find((one) => keyOf(one) === selected) ?? all[0]
  return (
    <div class="account">
      <section class="list" aria-label="Secrets and parameters">
        <EntryList
          selected={isAdding ? undefined : entry}
          onSelect={(one) => {
            setAdding(false)
            select(keyOf(one))
          }}
          onAdd={() => setAdding(true)}
        />
      </section>
      <section class="detail" aria-label={isAdding ? 'Add' : 'Selected'}>
        {isAdding ? (
          <AddForm
            onDone={(kind, name) => {
              setAdding(false)
              select(`${kind} ${name}`)
            }}
            onCancel={() => setAdding(false)}
          />
        ) : entry ? (
          <Entry key={keyOf(entry)} entry={entry} />
        ) : (
          <Nothing />
        )}
      </section>
    </div>
  )
}

const Nothing = () =>
  status.value === 'open' ? (
    <div class="empty">
      <h2>The account is empty</h2>
      <p>Add a secret or a parameter here, or start the stand-in with a values file.</p>
    </div>
  ) : null
