/** What a bench found, as data: shown as text, kept as JSON and drawn as SVG. */
export interface Report {
  readonly bench: string
  /** What was measured, and how, in a line or two. */
  readonly about: string
  readonly tables: readonly Table[]
  readonly goals: readonly Goal[]
  readonly chart: Chart
  /** What the README tells of it, by the name of the handler. */
  readonly readme?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

/** What the project wants of a number. */
export interface Goal {
  readonly name: string
  readonly measured: number
  readonly most?: number
  readonly least?: number
  /** What `bench:check` lets pass: so much more than the most, or less than the least, is noise. @default 1 */
  readonly tolerance?: number
}

export interface Chart {
  readonly title: string
  readonly unit: string
  readonly isLogarithmic?: boolean
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

/** Whether it is so far off that noise does not explain it. */
export function isBroken({ measured, most = Infinity, least = -Infinity, tolerance = 1 }: Goal): boolean {
  return !(measured <= most * tolerance && measured >= least / tolerance)
}
