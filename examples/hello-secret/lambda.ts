// The function's own process: invokes the handler when told, as Lambda's runtime does, and reports how it went.
import { subscribe } from 'node:diagnostics_channel'
import { performance } from 'node:perf_hooks'
import type { SecretsEvent } from '@secrets-cache/middy'
import { handler } from './handler.ts'

export interface Report {
  readonly hookMilliseconds: number
  /** Where each key's value came from: loaded and `new`, loaded and the `same`, or from the `cache`. */
  readonly origins: Readonly<Record<string, string>>
}

const functionTimeoutMilliseconds = 3_000
const origins = new Map<string, string>()
const loaded = new Map<string, string>()

const listen = <Type extends SecretsEvent['type']>(
  type: Type,
  heard: (event: Extract<SecretsEvent, { type: Type }>) => void,
) => subscribe(`secrets-cache:${type}`, (message) => heard(message as Extract<SecretsEvent, { type: Type }>))

listen('loaded', ({ id, isChanged }) => loaded.set(id, isChanged ? 'new' : 'same'))
listen('hit', ({ key }) => origins.set(key, 'cache'))
listen('miss', ({ key, id }) => origins.set(key, String(loaded.get(id))))

let hookEnd = 0
handler.before(() => {
  hookEnd = performance.now()
})

async function invoke(): Promise<Report> {
  origins.clear()
  const start = performance.now()
  const deadline = start + functionTimeoutMilliseconds
  const context = { getRemainingTimeInMillis: () => deadline - performance.now() }
  await handler({}, context as Parameters<typeof handler>[1])
  return { hookMilliseconds: hookEnd - start, origins: Object.fromEntries(origins) }
}

process.on('message', () => {
  invoke().then(
    (report) => process.send?.(report),
    (error: Error) => process.send?.({ error: error.message }),
  )
})
