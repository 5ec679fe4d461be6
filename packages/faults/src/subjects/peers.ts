import { readFileSync } from 'node:fs'
import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets'
import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm'
import middy from '@middy/core'
import secretsManager from '@middy/secrets-manager'
import ssm from '@middy/ssm'
import type { Setting, Subject } from '../scenario.ts'
import { once } from './once.ts'

/** What AWS's documentation recommends for a client: both timeouts, and an error when the second is over. */
const clientOptions = ({ region, patience }: Setting) => ({
  region,
  requestHandler: { connectionTimeout: patience, requestTimeout: patience, throwOnRequestTimeout: true },
})

const clientSettings = 'client with connectionTimeout, requestTimeout, throwOnRequestTimeout'

let made = 0

type MiddyMiddleware = (options: object) => middy.MiddlewareObj

function ofMiddy(name: string, kind: Setting['kind'], middleware: MiddyMiddleware): Subject {
  return {
    name: named(name),
    settings: `setToContext, a cacheKey of its own, cacheExpiry = maxAge; ${clientSettings}`,
    kinds: [kind],
    faces: ['aws'],
    lacks: ['staleIfError', 'events', 'schemas'],
    readsDate: true,
    make(setting) {
      const { declared, times, onInvoked } = setting
      const keys = Object.keys(declared)
      const handler = middy()
        .use(
          middleware({
            fetchData: Object.fromEntries(Object.entries(declared).map(([key, { id }]) => [key, id])),
            cacheKey: `faults-${++made}`,
            cacheExpiry: times.maxAge === Number.POSITIVE_INFINITY ? -1 : times.maxAge * 1_000,
            setToContext: true,
            awsClientOptions: clientOptions(setting),
          }),
        )
        .use({ after: onInvoked, onError: onInvoked })
        .handler(async (_event: unknown, context: object) => pickFrom(context, keys))
      return async (context) => ({ ...(await handler({}, context as never)) })
    },
  }
}

const powertools: Subject = {
  name: named('@aws-lambda-powertools/parameters'),
  settings: `one provider for all handlers, maxAge; transform for JSON and bytes; ${clientSettings}`,
  kinds: ['secret', 'parameter'],
  faces: ['aws'],
  lacks: ['keys', 'staleIfError', 'events', 'schemas'],
  readsDate: true,
  make(setting) {
    const { kind, declared, times, shared, onInvoked } = setting
    const maxAge = Math.min(times.maxAge, 1e9)
    const clientConfig = clientOptions(setting)
    const secrets = once(shared, 'secrets', () => new SecretsProvider({ clientConfig }))
    const parameters = once(shared, 'parameters', () => new SSMProvider({ clientConfig }))
    const one = ({ id, as }: { id: string; as: string }) => {
      const transform = as === 'json' ? { transform: 'json' as const } : {}
      return kind === 'secret'
        ? secrets.get(id, { maxAge, ...transform })
        : parameters.get(id, { maxAge, decrypt: true, ...transform })
    }
    const handler = middy()
      .use({ after: onInvoked, onError: onInvoked })
      .handler(async (_event: unknown, context: object) => {
        const read = Object.entries(declared).map(async ([key, reference]) => [key, await one(reference)])
        // The other subjects put values on the context, so this one does too.
        return Object.assign(context, Object.fromEntries(await Promise.all(read)))
      })
    return async (context) => pickFrom(await handler({}, context as never), Object.keys(declared))
  },
}

export const peers: readonly Subject[] = [
  ofMiddy('@middy/ssm', 'parameter', ssm as unknown as MiddyMiddleware),
  ofMiddy('@middy/secrets-manager', 'secret', secretsManager as unknown as MiddyMiddleware),
  powertools,
]

function pickFrom(context: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, (context as Record<string, unknown>)[key]]))
}

/** The name with the version that is installed. */
function named(name: string): string {
  const { dependencies } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as { dependencies: Readonly<Record<string, string>> }
  return `${name} ${dependencies[name]}`
}
