import type { Declared, Outcome } from '../scenario.ts'

/** A declaration in a format. */
export const as = (format: Declared['as'], role = 'db'): Declared => ({ role, as: format })

/** One field of the value of `db`. */
export function inside(values: Outcome['values'], key: string): { b?: unknown[] } | undefined {
  return Object(values?.['db'])[key] as { b?: unknown[] } | undefined
}
