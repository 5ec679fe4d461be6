import { createSecrets, type Source } from '@secrets-cache/core'
import { createCache } from '@secrets-cache/core/testing'
import { direct } from '@secrets-cache/direct'
import { extension } from '@secrets-cache/extension'
import { sdk } from '@secrets-cache/sdk'
import { named } from '../../handlers/declared.ts'
import { simulatedClients } from './clients.ts'
import type { Cloud, Service } from './cloud.ts'
import { simulatedLayer } from './layer.ts'
import { simulatedDirect } from './simulated-agent.ts'
import type { VirtualTime } from './virtual-time.ts'

/** What an environment runs in. */
export interface World {
  readonly cloud: Cloud
  readonly time: VirtualTime
  readonly random: () => number
}

/** How values are fetched. `start` runs at INIT and returns the invocation, which rejects where it fails. */
export interface Strategy {
  readonly name: string
  readonly isOurs: boolean
  /** Whether it is left out of fleets of more than 1,000, where it would take minutes and tell nothing new. */
  readonly isSlow?: boolean
  readonly start: (world: World) => () => Promise<void>
}

/** The time limit of an invocation, in milliseconds, for every strategy. */
export const functionTimeout = 10_000

const maxAge = 300

function ours(name: string, sourceOf: (world: World) => Source): Strategy {
  return {
    name,
    isOurs: true,
    start(world) {
      const { time, random } = world
      const reader = createSecrets({
        source: sourceOf(world),
        cache: createCache({ clock: time, random }),
        secrets: named(3, 'secret', 'fleet/secret-'),
        parameters: named(12, 'parameter', '/fleet/parameter-'),
        maxAge,
        staleWhileRevalidate: 60,
        timeoutMilliseconds: functionTimeout,
      })
      return async () => void (await reader.read({ remainingMilliseconds: functionTimeout }))
    },
  }
}

/** Makes these calls, and keeps the result of each that succeeded for maxAge. */
function peer(name: string, needed: Readonly<Partial<Record<Service, number>>>): Strategy {
  const calls = Object.entries(needed).flatMap(([service, count]) =>
    Array.from({ length: count }, () => service as Service),
  )
  return {
    name,
    isOurs: false,
    start({ cloud, time }) {
      const until = calls.map(() => 0)
      return async () => {
        const asked = calls.map(async (service, index) => {
          if (time.now() < (until[index] as number)) return
          await cloud.call(service)
          until[index] = time.now() + maxAge * 1_000
        })
        const results = await Promise.allSettled(asked)
        const failed = results.find(({ status }) => status === 'rejected')
        if (failed) throw (failed as PromiseRejectedResult).reason
      }
    },
  }
}

// The signer is loaded with the first request, which takes real time: it is sent before virtual time begins.
const { signal } = new AbortController()
const [first] = await direct(simulatedDirect({ attempt: async () => true })).fetch(
  [{ kind: 'secret', id: 'first' }],
  {
    signal,
    fresh: false,
    onRetry: () => {},
    emit: () => {},
  },
)
await first

export const strategies: readonly Strategy[] = [
  ours('sdk()', ({ cloud }) => sdk(simulatedClients(cloud))),
  // A request is signed, written and parsed; the larger fleets are those of sdk(), which makes the same calls.
  { ...ours('direct()', ({ cloud }) => direct(simulatedDirect(cloud))), isSlow: true },
  {
    ...ours('extension(), the layer', ({ cloud, time }) =>
      extension({ dispatcher: simulatedLayer(cloud, time), token: () => 'token', environment: {} }),
    ),
    isSlow: true,
  },
  peer('a call per value', { parameterStore: 12, secretsManager: 3 }),
  peer('parameters in tens', { parameterStore: 2, secretsManager: 3 }),
]
