import type { VirtualTime } from './virtual-time.ts'

/** The calls per second that AWS allows. */
export interface Quotas {
  /** Parameter Store's three read actions together: 40, or what the higher throughput setting gives. */
  readonly parameterStore: number
  /** GetSecretValue: documented as 10,000, unverified. */
  readonly secretsManager: number
  /** BatchGetSecretValue: documented as 100, unverified. */
  readonly secretsManagerBatch: number
}

export type Service = keyof Quotas

export interface Cloud {
  /** One attempt: resolves after the round trip, to false where it was throttled. */
  readonly attempt: (service: Service) => Promise<boolean>
  /** The SDK's standard retries, three attempts; rejects with its throttling error. */
  readonly call: (service: Service, signal?: AbortSignal) => Promise<void>
  readonly calls: Readonly<Record<Service, number>>
}

/** In milliseconds; within a Region. */
const roundTrip = { least: 6, more: 8 }

/** AWS as a fleet meets it: a token bucket per service that holds one second's calls, and a round trip. */
export function createCloud(quotas: Quotas, time: VirtualTime, random: () => number): Cloud {
  const calls = { parameterStore: 0, secretsManager: 0, secretsManagerBatch: 0 }
  const buckets = Object.fromEntries(
    Object.entries(quotas).map(([service, perSecond]) => [service, { tokens: perSecond, at: time.now() }]),
  ) as Record<Service, { tokens: number; at: number }>

  function take(service: Service): boolean {
    const bucket = buckets[service]
    const perSecond = quotas[service]
    bucket.tokens = Math.min(perSecond, bucket.tokens + ((time.now() - bucket.at) / 1_000) * perSecond)
    bucket.at = time.now()
    if (bucket.tokens < 1) return false
    bucket.tokens--
    return true
  }

  async function attempt(service: Service): Promise<boolean> {
    calls[service]++
    const isTaken = take(service)
    await time.sleep(roundTrip.least + random() * roundTrip.more)
    return isTaken
  }

  return {
    calls,
    attempt,
    async call(service, signal) {
      for (let failures = 0; ; ) {
        if (await attempt(service)) return
        if (++failures === 3) throw Object.assign(new Error('Rate exceeded'), throttled)
        // As the SDK waits after a throttle: up to half a second, doubled each time.
        await time.sleep(random() * 500 * 2 ** (failures - 1))
        if (signal?.aborted) throw Object.assign(new Error('Request aborted'), { name: 'AbortError' })
      }
    },
  }
}

const throttled = { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }
