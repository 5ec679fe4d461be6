import type { Bench } from '../bench.ts'
import { calls } from './calls/index.ts'

/** In the order in which they run. */
export const benches: readonly Bench[] = [calls]
