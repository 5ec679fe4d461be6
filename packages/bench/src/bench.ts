import type { Report } from './report/report.ts'

/** How much is measured. */
export interface Effort {
  /** `brief` shows that everything works; `full` is for figures that somebody reads. */
  readonly size: 'brief' | 'check' | 'full'
  readonly say: (text: string) => void
}

export interface Bench {
  readonly name: string
  readonly run: (effort: Effort) => Promise<Report>
}

/** Picks what belongs to an effort. */
export function sized<Setting>(
  { size }: Effort,
  settings: Readonly<Record<Effort['size'], Setting>>,
): Setting {
  return settings[size]
}
