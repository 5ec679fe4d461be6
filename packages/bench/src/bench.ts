import type { Report } from './report/report.ts'

/** How much is measured: `brief` shows that everything works, `check` tests the goals, `full` is for figures. */
export type Size = 'brief' | 'check' | 'full'

export interface Effort {
  readonly size: Size
  /** Says what is being done. */
  readonly say: (text: string) => void
}

export interface Bench {
  readonly name: string
  /** @throws UnavailableError where this machine lacks what the bench needs */
  readonly run: (effort: Effort) => Promise<Report>
}

/** Why a bench cannot run on this machine. */
export class UnavailableError extends Error {}

/** The setting that belongs to an effort. */
export function sized<Setting>({ size }: Effort, settings: Readonly<Record<Size, Setting>>): Setting {
  return settings[size]
}
