import { percentile, sortedOf } from 'example-load-test/load'

/** What many rounds of one measurement come to. */
export interface Measured {
  readonly median: number
  /** The middle half of the rounds lies between these. */
  readonly low: number
  readonly high: number
}

export function measured(samples: readonly number[]): Measured {
  const sorted = sortedOf(samples)
  return { median: percentile(sorted, 0.5), low: percentile(sorted, 0.25), high: percentile(sorted, 0.75) }
}

/**
 * How many times the one is the other. Both are divided round by round, as both met the same moment of the machine; the
 * median of these ratios is returned.
 */
export function ratio(samples: readonly number[], to: readonly number[]): number {
  return measured(samples.map((sample, round) => sample / (to[round] as number))).median
}
