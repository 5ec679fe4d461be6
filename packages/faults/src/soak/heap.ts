import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

export interface Sample {
  readonly seconds: number
  readonly bytes: number
}

/** What is left of the heap once all that nobody holds is gone. */
export function heapNow(startedAt: number): Sample {
  collect()
  return { seconds: (Date.now() - startedAt) / 1_000, bytes: process.memoryUsage().heapUsed }
}

/**
 * Bytes a second, without the first third, in which code is compiled and caches fill: the median of the slopes
 * between all pairs (Theil and Sen), which a single odd sample does not move.
 */
export function slopeOf(samples: readonly Sample[]): number {
  const settled = samples.slice(Math.floor(samples.length / 3))
  const slopes = settled.flatMap((one, index) =>
    settled.slice(index + 1).map((other) => (other.bytes - one.bytes) / (other.seconds - one.seconds)),
  )
  return slopes.toSorted((one, other) => one - other)[Math.floor(slopes.length / 2)] ?? 0
}
