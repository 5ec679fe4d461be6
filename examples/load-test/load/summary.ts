import type { Invocation } from './load.ts'
import { percentile, sortedOf } from './percentile.ts'

export interface Summary {
  readonly invocations: number
  readonly failed: number
  /** How often each error occurred, by its name and message. */
  readonly errors: Readonly<Record<string, number>>
  /** How many environments were used. */
  readonly environments: number
  /** Milliseconds from an invocation's arrival to its answer. */
  readonly p50: number
  readonly p99: number
  readonly max: number
}

export function summaryOf(invocations: readonly Invocation[]): Summary {
  const times = sortedOf(invocations.map(({ milliseconds }) => milliseconds))
  const failures = invocations.flatMap(({ error }) => (error ? [`${error.name}: ${error.message}`] : []))
  const counts = Map.groupBy(failures, (failure) => failure)
  return {
    invocations: invocations.length,
    failed: failures.length,
    errors: Object.fromEntries([...counts].map(([failure, all]) => [failure, all.length])),
    environments: new Set(invocations.map(({ environment }) => environment)).size,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    max: percentile(times, 1),
  }
}
