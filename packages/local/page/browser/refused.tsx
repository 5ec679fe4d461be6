import { useState } from 'preact/hooks'
import { useToken } from './shared/connection.ts'
import { Field } from './shared/field.tsx'

/** What a person sees who has no token, or that of an earlier start. */
export const Refused = () => {
  const [pasted, setPasted] = useState('')
  return (
    <main class="no-token">
      <h1>This page needs its token</h1>
      <p>
        The stand-in prints the address of this page when it starts. Each start has another token: open the
        newest address, or paste it here.
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          useToken(pasted)
        }}
      >
        <Field label="Address or token">
          <input
            type="password"
            autocomplete="off"
            value={pasted}
            onInput={({ currentTarget }) => setPasted(currentTarget.value)}
          />
        </Field>
        <button type="submit" class="primary" disabled={pasted.trim() === ''}>
          Open
        </button>
      </form>
    </main>
  )
}
