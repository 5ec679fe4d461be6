/** What a bench found, as data. */
export interface Report {
  readonly bench: string
  /** What was measured, and how, in a line or two. */
  readonly about: string
  readonly tables: readonly Table[]
  readonly goals: readonly Goal[]
  /** The README's chart: one bench has it. */
  readonly chart?: Chart
  /** The cells of the README's table: by handler, then by column. */
  readonly readme?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

/** A bound that the project wants a figure to keep. */
export interface Goal {
  readonly name: string
  readonly measured: number
  readonly most?: number
  readonly least?: number
  /** `bench:check` passes up to this many times the most, or down to the least divided by it: noise. @default 1 */
  readonly tolerance?: number
}

export interface Chart {
  readonly title: string
  readonly unit: string
  readonly bars: readonly Bar[]
}

export interface Bar {
  readonly label: string
  readonly value: number
  readonly isOurs?: boolean
}

export function isReached({ measured, most = Infinity, least = -Infinity }: Goal): boolean {
  return measured <= most && measured >= least
}

/** Whether the goal is missed by more than noise. */
export function isBroken({ measured, most = Infinity, least = -Infinity, tolerance = 1 }: Goal): boolean {
  return !(measured <= most * tolerance && measured >= least / tolerance)
}
