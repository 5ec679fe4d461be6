/** What many rounds of one measurement come to. */
export interface Measured {
  readonly median: number
  /** The middle half of the rounds lies between these. */
  readonly low: number
  readonly high: number
}

export function measured(samples: readonly number[]): Measured {
  const sorted = samples.toSorted((a, b) => a - b)
  return { median: at(sorted, 0.5), low: at(sorted, 0.25), high: at(sorted, 0.75) }
}

/**
 * How many times the one is the other: round by round, as both met the same moment of the machine, and the median of
 * that.
 */
export function ratio(samples: readonly number[], to: readonly number[]): number {
  return measured(samples.map((sample, round) => sample / (to[round] as number))).median
}

/** The value below which a share of the samples lies, between the two nearest. */
export function at(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}
