import type { ComponentChildren } from 'preact'

interface FieldProps {
  readonly label: string
  readonly hint?: string
  readonly class?: string
  readonly children: ComponentChildren
}

/** A label over its control. */
export const Field = ({ label, hint, class: name = '', children }: FieldProps) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children.
  <label class={`field ${name}`}>
    <span class="label">
      {label}
      {hint && <span class="hint"> {hint}</span>}
    </span>
    {children}
  </label>
)
