import {
  type Arrivals,
  type Environment,
  environments,
  load,
  percentile,
  sortedOf,
} from 'example-load-test/load'
import { type Setting, startEnvironment } from '../../environment/start-environment.ts'
import type { Subject } from '../../handlers/index.ts'
import { measured } from '../../report/samples.ts'
import { charactersOf } from '../../values.ts'
import type { Accounts } from './start-accounts.ts'

export interface Played {
  readonly failed: number
  readonly aws: number
  readonly layer: number
  /** Milliseconds the handler waited for its values. */
  readonly all: Waits
  /** Without the first invocation of each environment. */
  readonly warm: Waits
}

interface Waits {
  readonly p50: number
  readonly p99: number
}

export interface Part {
  readonly subject: Subject
  readonly setting: Setting
  /** In seconds: how long the layer keeps a value, and how long the process does. */
  readonly ttl: number
}

/** Sends the load to `count` environments of one handler, each with its own layer. */
export async function play(
  part: Part,
  arrivals: Arrivals,
  count: number,
  accounts: Accounts,
): Promise<Played> {
  const { subject, setting, ttl } = part
  const variables = { SSM_PARAMETER_STORE_TTL: String(ttl), SECRETS_MANAGER_TTL: String(ttl) }
  const found = await accounts.start(count, variables)
  const cold: number[] = []
  const warm: number[] = []
  const invocations = await (async () => {
    await using all = await environments(count, async (number): Promise<Environment> => {
      const environment = await startEnvironment(subject, setting, found[number] as Record<string, string>)
      let waits = cold
      return {
        async invoke() {
          const { waited, characters } = await environment.invoke()
          if (characters !== charactersOf(setting.secrets + setting.parameters))
            throw new Error('A value is missing.')
          waits.push(waited)
          waits = warm
        },
        close: () => environment[Symbol.asyncDispose](),
      }
    })
    return await load({ arrivals, environments: all, next: 'longest free' })
  })()
  return {
    failed: invocations.filter(({ error }) => error).length,
    ...(await accounts.stop()),
    all: waitsOf([...cold, ...warm]),
    warm: waitsOf(warm),
  }
}

/** The medians of several rounds of one load; failures are summed. */
export function middleOf(rounds: readonly Played[]): Played {
  const median = (of: (round: Played) => number) => measured(rounds.map(of)).median
  return {
    failed: rounds.reduce((sum, { failed }) => sum + failed, 0),
    aws: median(({ aws }) => aws),
    layer: median(({ layer }) => layer),
    all: { p50: median(({ all }) => all.p50), p99: median(({ all }) => all.p99) },
    warm: { p50: median(({ warm }) => warm.p50), p99: median(({ warm }) => warm.p99) },
  }
}

function waitsOf(waits: readonly number[]): Waits {
  const sorted = sortedOf(waits)
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) }
}
