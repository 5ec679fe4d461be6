import type { EntryView } from '../../../src/page/messages.ts'
import { DeleteButton } from './delete-button.tsx'
import { LabelForm } from './label-form.tsx'
import { RotateForm } from './rotate-form.tsx'
import { Versions } from './versions.tsx'

/** One secret or parameter. */
export const Entry = ({ entry }: { readonly entry: EntryView }) => (
  <article class="entry">
    <header>
      <div>
        <h2>{entry.name}</h2>
        <p class="muted">
          {entry.kind === 'secret' ? `Secret, ${entry.type}` : `Parameter, ${entry.type}`}
          {entry.isDeleted && ', scheduled for deletion: a rotation restores it'}
        </p>
      </div>
      <DeleteButton entry={entry} />
    </header>
    <Versions entry={entry} />
    <LabelForm entry={entry} />
    <RotateForm entry={entry} />
    <p class="arn">
      <span class="muted">ARN</span> <code>{entry.arn}</code>
    </p>
  </article>
)
