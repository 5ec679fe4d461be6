import { useState } from 'preact/hooks'
import { Field } from '../shared/field.tsx'
import { Problem } from '../shared/problem.tsx'
import { useCommand } from '../shared/use-command.ts'
import { problemOf, ValueEditor } from './value-editor.tsx'

type Kind = 'secret' | 'parameter'

interface AddFormProps {
  readonly onDone: (kind: Kind, name: string) => void
  readonly onCancel: () => void
}

const TYPES = {
  secret: ['JSON', 'text'],
  parameter: ['String', 'StringList', 'SecureString'],
} as const

export const AddForm = ({ onDone, onCancel }: AddFormProps) => {
  const [kind, setKind] = useState<Kind>('secret')
  const [type, setType] = useState<string>('JSON')
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  const { run, problem, isBusy } = useCommand()
  const isJson = kind === 'secret' && type === 'JSON'

  const add = async () => {
    const given = kind === 'secret' ? { kind, name, text } : { kind, name, text, type }
    const written = await run<{ readonly name: string }>('add', given)
    if (written) onDone(kind, written.name)
  }
  const turn = (next: Kind) => {
    setKind(next)
    setType(TYPES[next][0])
  }

  return (
    <form
      class="add"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <h2>Add to the account</h2>
      <div class="row">
        <Field label="Kind">
          <select value={kind} onChange={({ currentTarget }) => turn(currentTarget.value as Kind)}>
            <option value="secret">Secret</option>
            <option value="parameter">Parameter</option>
          </select>
        </Field>
        <Field label="Type">
          <select value={type} onChange={({ currentTarget }) => setType(currentTarget.value)}>
            {TYPES[kind].map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </Field>
        <Field label="Name" class="wide">
          <input
            autocomplete="off"
            spellcheck={false}
            placeholder={kind === 'secret' ? 'prod/orders/db' : '/prod/orders/config'}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </Field>
      </div>
      <ValueEditor
        label={type === 'StringList' ? 'Value, members with commas between them' : 'Value'}
        text={text}
        isJson={isJson}
        onChange={setText}
      />
      <div class="actions">
        <button
          type="submit"
          class="primary"
          disabled={isBusy || name === '' || text === '' || problemOf(text, isJson) !== ''}
        >
          Add
        </button>
        <button type="button" class="quiet" onClick={onCancel}>
          Cancel
        </button>
      </div>
      <Problem text={problem} />
    </form>
  )
}
