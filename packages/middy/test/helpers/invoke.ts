import { afterAll, beforeAll, beforeEach } from '@jest/globals'
import { createCache, type FakeClock, fakeClock } from '@secrets-cache/core/testing'
import { type Local, type LocalOptions, startLocal } from '@secrets-cache/local'
import type { Context } from 'aws-lambda'

/** Lambda's context, as far as the middlewares look at it. */
export function lambdaContext(remainingMilliseconds?: number): never {
  const time =
    remainingMilliseconds === undefined ? {} : { getRemainingTimeInMillis: () => remainingMilliseconds }
  return time as Partial<Context> as never
}

/** One stand-in for a file of tests, as seeded for each of them; the environment is that of a function. */
export function useLocal(options: LocalOptions): { readonly local: Local } {
  const used = {} as { local: Local }
  const variables = { ...process.env }
  beforeAll(async () => {
    used.local = await startLocal(options)
  })
  beforeEach(async () => {
    process.env = { ...variables, ...used.local.environment }
    await used.local.reset()
  })
  afterAll(async () => {
    process.env = variables
    await used.local.close()
  })
  return used
}

/** A cache of the test's own. Its wall clock can be moved; its timers are real, for there are real sockets. */
export function ownCache(): {
  readonly cache: ReturnType<typeof createCache>
  readonly clock: Pick<FakeClock, 'step'>
} {
  const { step, now: offset } = fakeClock(0)
  const clock = {
    now: () => Date.now() + offset(),
    after: (milliseconds: number, callback: () => void) => {
      const timer = setTimeout(callback, milliseconds)
      return () => clearTimeout(timer)
    },
  }
  return { cache: createCache({ clock, random: () => 0 }), clock: { step } }
}
