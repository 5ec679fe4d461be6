import { Field } from '../shared/field.tsx'
import { account } from '../shared/state.ts'
import { EVERYTHING, type ScopeTexts } from './settings.ts'

interface ScopeFieldsProps {
  readonly scope: ScopeTexts
  readonly onChange: (scope: ScopeTexts) => void
}

/** Whom the next fault meets. */
export const ScopeFields = ({ scope, onChange }: ScopeFieldsProps) => {
  const field = (name: keyof ScopeTexts) => ({
    value: scope[name],
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement | HTMLSelectElement }) =>
      onChange({ ...scope, [name]: currentTarget.value }),
  })
  return (
    <section class="scope" aria-label="Scope of the next fault">
      <header>
        <h2>The next one meets</h2>
        {Object.values(scope).some(Boolean) && (
          <button type="button" class="quiet" onClick={() => onChange(EVERYTHING)}>
            Everybody
          </button>
        )}
      </header>
      <Field label="Names, with commas between; prod/* for many">
        <input list="names" placeholder="every name" autocomplete="off" {...field('ids')} />
      </Field>
      <datalist id="names">
        {account.value.slice(0, 200).map(({ kind, name }) => (
          <option key={`${kind} ${name}`} value={name} />
        ))}
      </datalist>
      <div class="pair">
        <Field label="Requests">
          <input inputMode="numeric" placeholder="no limit" {...field('times')} />
        </Field>
        <Field label="Seconds">
          <input inputMode="numeric" placeholder="no end" {...field('seconds')} />
        </Field>
      </div>
      <Field label="Where">
        <select {...field('at')}>
          <option value="">requests of clients</option>
          <option value="layer">at the layer only</option>
          <option value="aws">at AWS, the layer’s own calls too</option>
        </select>
      </Field>
    </section>
  )
}
