import { useState } from 'preact/hooks'
import type { EntryView } from '../../../src/page/messages.ts'
import { Problem } from '../shared/problem.tsx'
import { useCommand } from '../shared/use-command.ts'

/** Deletes after a second click. */
export const DeleteButton = ({ entry: { kind, name } }: { readonly entry: EntryView }) => {
  const [isAsked, setAsked] = useState(false)
  const { run, problem } = useCommand()
  if (!isAsked)
    return (
      <button type="button" class="quiet" onClick={() => setAsked(true)}>
        Delete
      </button>
    )
  return (
    <div class="sure">
      <span>Delete it and all its versions?</span>
      <button type="button" class="danger" onClick={() => void run('delete', { kind, name })}>
        Delete now
      </button>
      <button type="button" class="quiet" onClick={() => setAsked(false)}>
        Keep
      </button>
      <Problem text={problem} />
    </div>
  )
}
