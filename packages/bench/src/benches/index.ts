import type { Bench } from '../bench.ts'
import { calls } from './calls/index.ts'
import { cold } from './cold/index.ts'
import { fleet } from './fleet/index.ts'
import { load } from './load/index.ts'
import { rotation } from './rotation/index.ts'
import { warm } from './warm/index.ts'

/** They run in this order. */
export const benches: readonly Bench[] = [calls, warm, cold, load, rotation, fleet]
