export const sortedOf = (samples: readonly number[]): readonly number[] => samples.toSorted((a, b) => a - b)

/**
 * The value below which a share of the samples lies, interpolated between the two nearest samples.
 * @param sorted in ascending order
 * @param share from 0 to 1: 0.99 for p99
 */
export function percentile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}
