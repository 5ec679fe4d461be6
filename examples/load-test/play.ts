import { type Local, startLocal } from '@secrets-cache/local'
import {
  type Arrivals,
  environments,
  load,
  type Summary,
  summaryOf,
  workerEnvironment,
} from './load/index.ts'
import type { Scenario } from './scenarios.ts'

const count = 18

export interface Played extends Summary {
  /** Requests to the layers on loopback. */
  readonly layer: number
  /** GetParameter calls, as the article counts them. */
  readonly getParameter: number
  /** Calls of any kind that AWS had to answer. */
  readonly aws: number
}

const values = {
  secrets: Object.fromEntries([0, 1, 2].map((index) => [`dev/secret-${index}`, `secret ${index}`])),
  parameters: Object.fromEntries([
    ['/dev/myapp/config', 'blue'],
    ...Array.from({ length: 12 }, (_, index) => [`/dev/parameter-${index}`, `parameter ${index}`]),
  ]),
}

/** Plays one scenario over 18 execution environments, each with a layer of its own. */
export async function play(scenario: Scenario, arrivals: Arrivals, speed: number): Promise<Played> {
  const { ttl, maxAge, source } = scenario
  const began = Date.now()
  const accounts: Local[] = []
  try {
    await using all = await environments(count, async () => {
      const local = await startLocal({
        ...values,
        environment: { SSM_PARAMETER_STORE_TTL: String(ttl), SECRETS_MANAGER_TTL: String(ttl) },
        // The layers' clock is as fast as the load.
        now: () => began + (Date.now() - began) * speed,
      })
      accounts.push(local)
      return workerEnvironment(new URL('lambda.ts', import.meta.url), {
        ...local.environment,
        MAX_AGE: String(maxAge),
        SOURCE: source,
        VALUES: String(scenario.values),
      })
    })
    const summary = summaryOf(await load({ arrivals, environments: all, speed }))
    const sum = (countOf: (local: Local) => number) =>
      accounts.reduce((total, local) => total + countOf(local), 0)
    return {
      ...summary,
      layer: sum(({ calls }) => calls.layer.secretsmanager + calls.layer.systemsmanager),
      getParameter: sum(({ calls }) => calls.aws.GetParameter),
      aws: sum(({ calls }) => calls.upstream),
    }
  } finally {
    for (const local of accounts) await local.close()
  }
}
