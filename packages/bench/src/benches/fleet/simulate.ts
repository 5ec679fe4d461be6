import { percentile, sortedOf } from 'example-load-test/load'
import { seeded } from '../../shared/seeded.ts'
import { createCloud, type Quotas } from './cloud.ts'
import { functionTimeout, type Strategy } from './strategies.ts'
import { virtualTime } from './virtual-time.ts'
import { useVirtualTimers } from './virtual-timers.ts'

export interface Fleet {
  readonly environments: number
  readonly quotas: Quotas
  /** In milliseconds. @default as long as it takes for each value to expire once */
  readonly lasts?: number
}

export interface Simulated {
  readonly invocations: number
  readonly failed: number
  /** Environments whose first invocation failed. */
  readonly failedFirst: number
  readonly parameterStore: number
  readonly secretsManager: number
  /** Seconds from an environment's start until an invocation had all values. */
  readonly firstValue: { readonly p50: number; readonly p99: number; readonly most: number }
}

/** In milliseconds: all start within a minute, and each value expires once before the end. */
const startWithin = 60_000
const initTakes = 300
const betweenInvocations = 30_000
const untilExpired = 400_000

/** Plays a fleet from its start until its values have expired once. The same seed gives the same figures. */
export async function simulate(strategy: Strategy, fleet: Fleet, seed = 1): Promise<Simulated> {
  const { environments, quotas, lasts = untilExpired } = fleet
  const time = virtualTime()
  const random = seeded(seed)
  const cloud = createCloud(quotas, time, seeded(seed + 1))
  const began = time.now()
  const firstValues: number[] = []
  let invocations = 0
  let failed = 0
  let failedFirst = 0

  async function live(startsAt: number): Promise<void> {
    await time.sleep(startsAt)
    const invoke = strategy.start({ cloud, time, random })
    await time.sleep(initTakes)
    let hasValues = false
    for (let isFirst = true; time.now() - began < lasts; isFirst = false) {
      invocations++
      const isDone = await inTime(invoke(), time)
      if (!isDone) failed++
      if (!isDone && isFirst) failedFirst++
      if (isDone && !hasValues) {
        hasValues = true
        firstValues.push((time.now() - began - startsAt) / 1_000)
      }
      await time.sleep(betweenInvocations * (0.5 + random()))
    }
  }

  // Millions of throttling errors are made; their stack traces would cost time and are never read.
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  const useRealTimers = useVirtualTimers(time, seeded(seed + 2))
  const lives = Array.from({ length: environments }, () => live(random() * startWithin))
  await time.run()
  await Promise.all(lives)
  useRealTimers()
  Error.stackTraceLimit = stackTraceLimit
  const sorted = sortedOf(firstValues)
  const { parameterStore, secretsManager, secretsManagerBatch } = cloud.calls
  return {
    invocations,
    failed,
    failedFirst,
    parameterStore,
    secretsManager: secretsManager + secretsManagerBatch,
    firstValue: { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), most: percentile(sorted, 1) },
  }
}

/** Lambda ends an invocation that takes too long. */
function inTime(invocation: Promise<void>, time: ReturnType<typeof virtualTime>): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = time.after(functionTimeout, () => resolve(false))
    const end = (isDone: boolean) => {
      cancel()
      resolve(isDone)
    }
    invocation.then(
      () => end(true),
      () => end(false),
    )
  })
}
