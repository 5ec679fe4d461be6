import { type Bench, sized } from '../../bench.ts'
import { digits } from '../../report/format.ts'
import type { Goal } from '../../report/report.ts'
import { type Fleet, type Simulated, simulate } from './simulate.ts'
import { type Strategy, strategies } from './strategies.ts'

interface Scenario extends Fleet {
  readonly title: string
  /** Whether the quota allows the fewest calls that can fetch 12 parameters and 3 secrets. */
  readonly isPossible: boolean
}

interface Result extends Simulated {
  readonly strategy: Strategy
}

/** AWS's documented defaults; none could be verified against the real services. */
const standard = { parameterStore: 40, secretsManager: 10_000, secretsManagerBatch: 100 }

const scenarios: readonly Scenario[] = [
  { title: '100 environments, 40 TPS', environments: 100, quotas: standard, isPossible: true },
  { title: '1,000 environments, 40 TPS', environments: 1_000, quotas: standard, isPossible: true },
  // Cut short, because only throttling follows.
  {
    title: '10,000 environments, 40 TPS, the first 90 s',
    environments: 10_000,
    quotas: standard,
    lasts: 90_000,
    isPossible: false,
  },
  {
    title: '10,000 environments, 1,000 TPS (higher throughput)',
    environments: 10_000,
    quotas: { ...standard, parameterStore: 1_000 },
    isPossible: true,
  },
]

/** Many environments that start within a minute, in virtual time, against AWS's quotas. */
export const fleet: Bench = {
  name: 'fleet',
  async run(effort) {
    const played = sized(effort, { brief: [scenarioOf(20)], check: scenarios.slice(0, 2), full: scenarios })
    const all: (readonly [Scenario, readonly Result[]])[] = []
    for (const scenario of played) {
      const results: Result[] = []
      const tried = strategies.filter(({ isSlow }) => !isSlow || scenario.environments <= 1_000)
      for (const strategy of tried) {
        effort.say(`fleet: ${scenario.title}, ${strategy.name}`)
        results.push({ strategy, ...(await simulate(strategy, scenario)) })
      }
      all.push([scenario, results])
    }
    return {
      bench: 'fleet',
      about:
        'environments that all start within 60 s and need 12 parameters and 3 secrets, an invocation every 30 s for ' +
        '400 s, maxAge 300; virtual time, the real engine and sources',
      tables: all.map(([{ title }, results]) => ({
        title,
        columns: [
          '',
          'invocations',
          'failed',
          'failed at first',
          'SSM calls',
          'Secrets Manager calls',
          'first value p50 s',
          'p99 s',
          'last s',
        ],
        rows: results.map((one) => [
          one.strategy.name,
          one.invocations,
          one.failed,
          one.failedFirst,
          one.parameterStore,
          one.secretsManager,
          digits(one.firstValue.p50),
          digits(one.firstValue.p99),
          digits(one.firstValue.most),
        ]),
      })),
      goals: all.flatMap(([{ title, isPossible }, results]): Goal[] =>
        results
          .filter(({ strategy: { name } }) => isPossible && ['sdk()', 'direct()'].includes(name))
          .map(({ strategy, failed }) => ({
            name: `${title}: failed, ${strategy.name}`,
            measured: failed,
            most: 0,
          })),
      ),
    }
  },
}

const scenarioOf = (environments: number): Scenario => ({
  title: `${environments} environments, 40 TPS`,
  environments,
  quotas: standard,
  isPossible: true,
})
