import { useState } from 'preact/hooks'
import type { EntryView } from '../../../src/page/messages.ts'
import { Field } from '../shared/field.tsx'
import { versionName } from '../shared/format.ts'
import { Problem } from '../shared/problem.tsx'
import { useCommand } from '../shared/use-command.ts'

const STAGES = ['AWSCURRENT', 'AWSPREVIOUS', 'AWSPENDING']

/** Moves a stage of a secret, or a label of a parameter, to a version. */
export const LabelForm = ({ entry }: { readonly entry: EntryView }) => {
  const { kind, name, versions } = entry
  const isSecret = kind === 'secret'
  const [label, setLabel] = useState('')
  const [version, setVersion] = useState('')
  const { run, problem, isBusy } = useCommand()
  const target = version || (versions[0]?.id ?? '')
  const what = isSecret ? 'Stage' : 'Label'

  const move = async () => {
    if ((await run(isSecret ? 'stage' : 'label', { name, label, version: target })) !== undefined)
      setLabel('')
  }

  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault()
        void move()
      }}
    >
      <Field label={what}>
        <input
          list={isSecret ? 'stages' : undefined}
          autocomplete="off"
          value={label}
          onInput={({ currentTarget }) => setLabel(currentTarget.value)}
        />
      </Field>
      {isSecret && (
        <datalist id="stages">
          {STAGES.map((stage) => (
            <option key={stage} value={stage} />
          ))}
        </datalist>
      )}
      <Field label="on version">
        <select value={target} onChange={({ currentTarget }) => setVersion(currentTarget.value)}>
          {versions.map(({ id }) => (
            <option key={id} value={id}>
              {versionName(entry, id)}
            </option>
          ))}
        </select>
      </Field>
      <button type="submit" disabled={isBusy || label === ''}>
        Set {what.toLowerCase()}
      </button>
      <Problem text={problem} />
    </form>
  )
}
