import middy from '@middy/core'
import type { Source } from '@secrets-cache/core'
import { createCache } from '@secrets-cache/core/testing'
import { direct } from '@secrets-cache/direct'
import { extension, firstOf, secretsCache } from '@secrets-cache/middy'
import { sdk } from '@secrets-cache/sdk'

/** In seconds; short, so that values expire many times within a minute. */
export const times = { maxAge: 0.5, staleWhileRevalidate: 0.25, staleIfError: 4 } as const

/** The longest time for which a replaced value may still be served, in seconds. */
export const oldestAllowed = times.maxAge + Math.max(times.staleWhileRevalidate, times.staleIfError)

export const timeoutMilliseconds = 500

export const secrets = { db: 'prod/db', key: 'prod/key' } as const
export const parameters = { flag: '/prod/flag' } as const
export const ids: readonly string[] = [...Object.values(secrets), ...Object.values(parameters)]

export type Invoke = () => Promise<readonly unknown[]>

/** A handler for each source, each with its own cache, so that each is judged separately. */
export function handlers(): Readonly<Record<string, Invoke>> {
  const over = (source: Source): Invoke => {
    const handler = middy()
      .use(secretsCache({ secrets, parameters, source, cache: createCache(), timeoutMilliseconds, ...times }))
      .handler(async (_event: unknown, context) => [
        context.secrets.db,
        context.secrets.key,
        context.parameters.flag,
      ])
    const context = { getRemainingTimeInMillis: () => 3_000 } as never
    return () => handler({}, context)
  }
  return {
    'extension()': over(extension()),
    'sdk()': over(sdk()),
    'firstOf()': over(firstOf(extension(), sdk())),
    'direct()': over(direct()),
  }
}
