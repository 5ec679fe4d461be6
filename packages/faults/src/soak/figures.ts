/** What a soak counted. */
export interface Figures {
  readonly seed: number
  readonly seconds: number
  readonly invocations: number
  readonly faults: number
  readonly rotations: number
  /** How often a source was asked. */
  readonly loads: number
  /** How many values were served after their maxAge. */
  readonly stale: number
  /** For how long the oldest value served had been replaced, in seconds. */
  readonly oldest: number
  readonly oldestAllowed: number
  /** Invocations that failed, by code. */
  readonly errors: Readonly<Record<string, number>>
  /** What must never happen, each with how often it did. */
  readonly never: Readonly<Record<string, number>>
  /** Bytes a second. */
  readonly heapSlope: number
  readonly heapBytes: number
  /** From the end of the storm until every handler served the newest values, in seconds. */
  readonly recovery: number
}

/** Bytes a minute. Losing one entry or promise per load would cost several times as much. */
export const heapGrowthAllowed = 2 * 2 ** 20

/** In seconds. In a shorter soak the heap has not settled, and its slope means nothing. */
const shortestForSlope = 30

/** The bounds that were broken, in words. */
export function brokenBounds(figures: Figures): readonly string[] {
  const { oldest, oldestAllowed, never, heapSlope, seconds, invocations, loads } = figures
  return [
    ...Object.entries(never)
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `${what}: ${count}`),
    ...(oldest > oldestAllowed
      ? [`a value was served ${oldest.toFixed(2)} s after its end; ${oldestAllowed} s are allowed`]
      : []),
    ...(seconds >= shortestForSlope && heapSlope * 60 > heapGrowthAllowed
      ? [`the heap grows by ${kibibytes(heapSlope * 60)} KiB a minute`]
      : []),
    ...(invocations === 0 || loads === 0 ? ['nothing was invoked, or nothing loaded'] : []),
  ]
}

type Row = readonly [name: string, figure: string]

/** What was counted, a row each. */
export function rowsOf(figures: Figures): readonly Row[] {
  const codes = failed(figures).map(([code, count]): Row => [`  ${code}`, grouped(count)])
  return [...before(figures), ...codes, ...after(figures)]
}

/** The same for the README: all error codes in one row. */
export function shortRowsOf(figures: Figures): readonly Row[] {
  const codes = failed(figures).map(([code, count]) => `${code} ${grouped(count)}`)
  return [...before(figures), ['their codes', codes.join(', ')], ...after(figures)]
}

const before = (figures: Figures): readonly Row[] => [
  ['seed', String(figures.seed)],
  ['seconds', figures.seconds.toFixed(1)],
  ['faults brought about', String(figures.faults)],
  ['rotations', String(figures.rotations)],
  ['loads', grouped(figures.loads)],
  ['invocations', grouped(figures.invocations)],
  ['values served past their freshness', grouped(figures.stale)],
  [
    'oldest value served',
    `${figures.oldest.toFixed(2)} s after it was replaced; ${figures.oldestAllowed} s are allowed`,
  ],
  ['all well again after', `${figures.recovery.toFixed(2)} s`],
  ['invocations that failed', grouped(failed(figures).reduce((sum, [, count]) => sum + count, 0))],
]

const after = ({ never, heapBytes, heapSlope }: Figures): readonly Row[] => [
  ...Object.entries(never).map(([what, count]): Row => [what, String(count)]),
  ['heap', `${kibibytes(heapBytes)} KiB, ${kibibytes(heapSlope * 60)} KiB more a minute`],
]

/** The codes of errors, the most frequent first. */
const failed = ({ errors }: Figures): (readonly [string, number])[] =>
  Object.entries(errors).toSorted(([, one], [, other]) => other - one)

export const grouped = (count: number): string => count.toLocaleString('en-US')

const kibibytes = (bytes: number): string => grouped(Math.round(bytes / 1_024))
