import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

export interface Sample {
  readonly seconds: number
  readonly bytes: number
}

/** The heap after garbage collection. */
export function heapNow(startedAt: number): Sample {
  collect()
  return { seconds: (Date.now() - startedAt) / 1_000, bytes: process.memoryUsage().heapUsed }
}

/**
 * How fast the heap grows, in bytes a second: the median of the slopes between all pairs of samples (Theil and Sen),
 * which a single odd sample does not move. The first third is left out, as code is compiled and caches fill then.
 */
export function slopeOf(samples: readonly Sample[]): number {
  const settled = samples.slice(Math.floor(samples.length / 3))
  const slopes = settled.flatMap((one, index) =>
    settled.slice(index + 1).map((other) => (other.bytes - one.bytes) / (other.seconds - one.seconds)),
  )
  return slopes.toSorted((one, other) => one - other)[Math.floor(slopes.length / 2)] ?? 0
}
