import { useState } from 'preact/hooks'
import type { EntryView } from '../../../src/page/messages.ts'
import type { ShownValue } from '../../../src/page/shown-value.ts'
import { Problem } from '../shared/problem.tsx'
import { useCommand } from '../shared/use-command.ts'
import { problemOf, ValueEditor } from './value-editor.tsx'

/** A new value: typed, made from the old one, or generated in its shape. */
export const RotateForm = ({ entry }: { readonly entry: EntryView }) => {
  const { kind, name, type, current, versions } = entry
  const [text, setText] = useState('')
  const [isJson, setJson] = useState(type === 'JSON')
  const [done, setDone] = useState('')
  const { run, problem, isBusy } = useCommand()
  const version = current || (versions[0]?.id ?? '')
  const isBytes = type === 'bytes'

  const fill = async (command: 'value' | 'generate') => {
    const value = await run<ShownValue>(command, { kind, name, version })
    setDone('')
    if (value) setText(pretty(value.text ?? value.base64 ?? ''))
  }
  const rotate = async () => {
    const given = isBytes ? { base64: text } : { text }
    if ((await run('rotate', { kind, name, ...given })) === undefined) return
    setText('')
    setDone('Rotated. The layer and the function keep the old value for their times.')
  }

  return (
    <form
      class="rotate"
      onSubmit={(event) => {
        event.preventDefault()
        void rotate()
      }}
    >
      <h3>Rotate</h3>
      <ValueEditor
        label={isBytes ? 'New value in base64' : 'New value'}
        text={text}
        isJson={isJson && !isBytes}
        onChange={(next) => {
          setText(next)
          setDone('')
        }}
      />
      <div class="actions">
        <button
          type="submit"
          class="primary"
          disabled={isBusy || text === '' || problemOf(text, isJson && !isBytes) !== ''}
        >
          Rotate
        </button>
        {!isBytes && (
          <button type="button" onClick={() => void fill('generate')}>
            Generate like the old one
          </button>
        )}
        <button type="button" onClick={() => void fill('value')}>
          Edit the old one
        </button>
        {!isBytes && (
          <label class="check">
            <input
              type="checkbox"
              checked={isJson}
              onChange={({ currentTarget }) => setJson(currentTarget.checked)}
            />
            must be JSON
          </label>
        )}
      </div>
      <Problem text={problem} />
      <p class="muted done" role="status">
        {done}
      </p>
    </form>
  )
}

/** JSON in one line is easier to edit in several. */
const pretty = (text: string): string => {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' ? JSON.stringify(parsed, null, 2) : text
  } catch {
    return text
  }
}
