/** Something to mend, or something that cannot be told from here. Never holds a value. */
export interface Finding {
  /** `finding` counts for the exit status; `unknown` and `note` do not. */
  readonly severity: 'finding' | 'unknown' | 'note'
  readonly check: 'import' | 'role' | 'layer' | 'variables' | 'time' | 'value' | 'graph'
  /** The function; `undefined` where it is about none. */
  readonly function: string | undefined
  readonly message: string
}

export type FindingOf = (severity: Finding['severity'], message: string) => Finding

export const findingsFor =
  (name: string | undefined, check: Finding['check']): FindingOf =>
  (severity, message) => ({ severity, check, function: name, message })
