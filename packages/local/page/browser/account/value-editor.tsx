import { jsonError, lineAndColumn } from '../../../src/files/json-file.ts'
import { Field } from '../shared/field.tsx'
import { Problem } from '../shared/problem.tsx'

interface ValueEditorProps {
  readonly label: string
  readonly text: string
  readonly isJson: boolean
  readonly onChange: (text: string) => void
}

/** What is wrong with a value that must be JSON; empty when nothing is. */
export const problemOf = (text: string, isJson: boolean): string => {
  if (!isJson || text === '') return ''
  const error = jsonError(text)
  return error ? `Line ${lineAndColumn(text, error.offset).replace(':', ', column ')}: ${error.why}.` : ''
}

/** A value in typing; JSON is checked with each letter. */
export const ValueEditor = ({ label, text, isJson, onChange }: ValueEditorProps) => {
  const problem = problemOf(text, isJson)
  return (
    <>
      <Field label={label}>
        <textarea
          rows={Math.min(16, Math.max(isJson ? 6 : 3, text.split('\n').length + 1))}
          spellcheck={false}
          autocomplete="off"
          value={text}
          aria-invalid={problem !== ''}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      </Field>
      <Problem text={problem} />
    </>
  )
}
