import type { Invocation } from './load.ts'

export interface Summary {
  readonly invocations: number
  readonly failed: number
  /** How often each error came, by its name and message. */
  readonly errors: Readonly<Record<string, number>>
  readonly environments: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

export function summaryOf(invocations: readonly Invocation[]): Summary {
  const times = invocations.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  const failures = invocations.flatMap(({ error }) => (error ? [`${error.name}: ${error.message}`] : []))
  const counts = Map.groupBy(failures, (failure) => failure)
  return {
    invocations: invocations.length,
    failed: failures.length,
    errors: Object.fromEntries([...counts].map(([failure, all]) => [failure, all.length])),
    environments: new Set(invocations.map(({ environment }) => environment)).size,
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
  }
}
