import { useState } from 'preact/hooks'
import { Field } from '../shared/field.tsx'
import { Problem } from '../shared/problem.tsx'
import { faults } from '../shared/state.ts'
import { useCommand } from '../shared/use-command.ts'
import type { FaultKind } from './catalogue.ts'
import { type ScopeTexts, scopeFrom, settingsFrom } from './settings.ts'

interface FaultRowProps {
  readonly kind: FaultKind
  /** Whom it meets when it is switched on. */
  readonly scope: ScopeTexts
}

/** A fault as a switch, with what the client sees of it. */
export const FaultRow = ({ kind, scope }: FaultRowProps) => {
  const { name, title, sees, fields = [], isUnscoped = false } = kind
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(fields.map((field) => [field.name, field.value])),
  )
  const { run, problem, setProblem, isBusy } = useCommand()
  const playing = faults.value.filter((fault) => fault.name === name)
  const isOn = playing.length > 0

  const turn = async () => {
    if (isOn) {
      for (const { id } of playing) await run('endFault', { id })
      return
    }
    try {
      await run('fault', {
        name,
        settings: settingsFrom(fields, texts),
        scope: isUnscoped ? {} : scopeFrom(scope),
      })
    } catch (error) {
      setProblem((error as Error).message)
    }
  }

  return (
    <li class={isOn ? 'fault on' : 'fault'}>
      <button
        type="button"
        role="switch"
        aria-checked={isOn}
        aria-label={title}
        disabled={isBusy}
        onClick={() => void turn()}
      >
        <span class="knob" />
      </button>
      <div class="about">
        <h3>{title}</h3>
        <p class="muted">{sees}</p>
      </div>
      <div class="settings">
        {fields.map((field) => (
          <Field key={field.name} label={field.label}>
            {field.choices ? (
              <select
                value={texts[field.name]}
                onChange={({ currentTarget }) => setTexts({ ...texts, [field.name]: currentTarget.value })}
              >
                {field.choices.map((choice) => (
                  <option key={choice}>{choice}</option>
                ))}
              </select>
            ) : (
              <input
                inputMode={field.isNumber ? 'numeric' : 'text'}
                value={texts[field.name]}
                onInput={({ currentTarget }) => setTexts({ ...texts, [field.name]: currentTarget.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <Problem text={problem} />
    </li>
  )
}
