import middy from '@middy/core'
import type { Source } from '@secrets-cache/core'
import { createCache } from '@secrets-cache/core/testing'
import { direct } from '@secrets-cache/direct'
import {
  binary,
  type Declared,
  extension,
  firstOf,
  json,
  list,
  secretsCache,
  text,
} from '@secrets-cache/middy'
import { sdk } from '@secrets-cache/sdk'
import type { Face } from '../backend.ts'
import type { Format, Subject } from '../scenario.ts'
import { steppedClock } from '../stepped-clock.ts'
import { once } from './once.ts'

/** A short delay of the machine must not look like an outage. `patience` bounds every wait anyway. */
const limits = { softWait: 4_000 }

const neverSettles = { '~standard': { version: 1, vendor: 'faults', validate: () => new Promise(() => {}) } }
const hanging = (id: string) => json(id, neverSettles as never)

const declareAs = { text, json, list, binary, hanging } as unknown as Readonly<
  Record<Format, (id: string) => Declared<unknown>>
>

/** Our middleware over one source, tried with secrets and with parameters. */
function overSource(name: string, faces: readonly Face[], sourceOf: (region: string) => Source): Subject {
  return {
    name,
    settings: `secretsCache({ source: ${name}, maxAge, staleIfError, timeoutMilliseconds })`,
    kinds: ['secret', 'parameter'],
    faces,
    make({ kind, declared, times, patience, region, now, shared, onInvoked, onEvent, onClose }) {
      const view = kind === 'secret' ? 'secrets' : 'parameters'
      const references = Object.fromEntries(
        Object.entries(declared).map(([key, { id, as }]) => [key, declareAs[as](id)]),
      )
      const cache = once(shared, 'cache', () =>
        createCache({ clock: steppedClock(now), random: () => 0, limits }),
      )
      onClose(() => cache.clear())
      const middleware = secretsCache({
        [view]: references,
        ...times,
        timeoutMilliseconds: patience,
        source: once(shared, 'source', () => sourceOf(region)),
        cache,
        onEvent: onEvent as (event: unknown) => void,
      })
      const handler = middy()
        .use(middleware)
        .use({ after: onInvoked, onError: onInvoked })
        .handler(async (_event: unknown, context: object) => {
          const values = (context as Record<string, Record<string, unknown>>)[view]
          return Object.fromEntries(Object.keys(declared).map((key) => [key, values?.[key]]))
        })
      return async (context) => ({ ...(await handler({}, context as never)) })
    },
  }
}

export const ours: readonly Subject[] = [
  overSource('extension()', ['layer'], () => extension()),
  overSource('sdk()', ['aws'], (region) => sdk({ region })),
  overSource('firstOf()', ['layer', 'aws'], (region) => firstOf(extension(), sdk({ region }))),
  overSource('direct()', ['aws'], (region) => direct({ region })),
]
