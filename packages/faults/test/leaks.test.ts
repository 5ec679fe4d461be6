import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import middy from '@middy/core'
import type { Source } from '@secrets-cache/core'
import { createCache, fakeClock, memorySource } from '@secrets-cache/core/testing'
import { direct } from '@secrets-cache/direct'
import { startLocal } from '@secrets-cache/local'
import {
  binary,
  createSecrets,
  derive,
  firstOf,
  json,
  list,
  retryOnRotation,
  secretsCache,
  tree,
} from '@secrets-cache/middy'
import { sdk } from '@secrets-cache/sdk'
import { canary, canaryToken, holdsCanary, storedValue } from '../src/canary.ts'
import { sinksWith } from '../src/leaks/leaks-of.ts'
import type { Sink } from '../src/leaks/sink.ts'
import { exoticSink, sinks } from '../src/leaks/sinks.ts'

jest.setTimeout(60_000)

const bytes = new TextEncoder().encode(storedValue('bytes'))
const stored = {
  secrets: {
    'prod/text': storedValue('text'),
    'prod/json': JSON.stringify({ user: canary, nested: { password: storedValue('json') } }),
    'prod/bytes': bytes,
    'prod/malformed': `{"a":"${canary}`,
  },
  parameters: {
    '/prod/list': [canary, storedValue('list')],
    '/prod/tree/a': storedValue('a'),
    '/prod/tree/b': storedValue('b'),
  },
}
const declared = {
  secrets: {
    text: 'prod/text',
    json: json<{ user: string }>('prod/json'),
    bytes: binary('prod/bytes'),
  },
  parameters: { list: list('/prod/list'), tree: tree('/prod/tree') },
}

/** What a test runner prints when an expectation fails. */
const runnerSinks: readonly Sink[] = [
  { name: 'toEqual', write: (thing) => diffOf(() => expect(thing).toEqual({ nothing: 1 })) },
  { name: 'toBe', write: (thing) => diffOf(() => expect(thing).toBe(1)) },
  { name: 'toMatchObject', write: (thing) => diffOf(() => expect(thing).toMatchObject({ nothing: 1 })) },
  {
    name: 'toHaveBeenCalledWith',
    write: (thing) =>
      diffOf(() => {
        const called = jest.fn()
        called(thing)
        expect(called).toHaveBeenCalledWith({ nothing: 1 })
      }),
  },
]
const everySink = [...sinks, ...runnerSinks]

function diffOf(check: () => void): string {
  try {
    check()
  } catch (error) {
    return String(Object(error).message)
  }
  return ''
}

function leaking(thing: unknown): readonly string[] {
  const runners = runnerSinks.filter(({ write }) => holdsCanary(write(thing))).map(({ name }) => name)
  return [...sinksWith(thing), ...runners]
}

describe('the sinks', () => {
  it('are more than twenty', () => {
    expect(everySink.length).toBeGreaterThan(20)
  })

  // Each sink must find the canary where it is not hidden: in a plain object, an error, or an array.
  it.each(everySink.map((sink) => [sink.name, sink] as const))(
    '%s shows what is not hidden',
    (_, { write }) => {
      const things = [
        { db: storedValue('db') },
        new Error(storedValue('db'), { cause: { db: storedValue('db') } }),
        [storedValue('db')],
      ]
      const shown = things.map((thing) => {
        try {
          return holdsCanary(write(thing))
        } catch {
          return false
        }
      })
      expect(shown).toContain(true)
    },
  )
})

describe('holdsCanary', () => {
  it.each([
    ['plain', `a ${canary} b`],
    ['hexadecimal', Buffer.from(`xy${storedValue('db')}`).toString('hex')],
    ['base64', Buffer.from(storedValue('db')).toString('base64')],
    ['base64, one later', Buffer.from(`x${storedValue('db')}`).toString('base64')],
    ['base64, two later', Buffer.from(`xy${storedValue('db')}`).toString('base64')],
    ['bytes', JSON.stringify([...bytes])],
    ['bytes with their places', JSON.stringify(bytes)],
    ['as the signature of a request', `Signature=${'0123456789abcdef'.repeat(4)}`],
  ])('finds it %s', (_, text) => {
    expect(holdsCanary(text)).toBe(true)
  })

  it('finds nothing where there is nothing', () => {
    expect(holdsCanary(JSON.stringify({ a: 'CANAR', b: [1, 2, 3] }))).toBe(false)
  })
})

describe('nothing leaks', () => {
  const variables = { ...process.env }
  let local: Awaited<ReturnType<typeof startLocal>>

  beforeAll(async () => {
    local = await startLocal({ ...stored, token: canaryToken })
    Object.assign(process.env, local.environment, { AWS_SECRET_ACCESS_KEY: canary })
  })
  afterAll(async () => {
    process.env = variables
    await local.close()
  })

  /** Runs a handler with every kind of declaration; returns what it could see, while it ran and after. */
  async function handle(source: Source, more: object = {}) {
    const events: object[] = []
    const seen: Record<string, unknown> = {}
    const handler = middy()
      .use(
        secretsCache({
          ...declared,
          source,
          cache: createCache(),
          // Long, so that a slow machine does not fail the test.
          timeoutMilliseconds: 30_000,
          onEvent: (event) => events.push(event),
          ...more,
        }),
      )
      .use({
        after: (request) => {
          const { response: _, ...others } = request as unknown as Record<string, unknown>
          seen['request'] = others
        },
      })
      .handler(async (_event: unknown, context) => {
        const { secrets, parameters } = context as unknown as { secrets: object; parameters: object }
        Object.assign(seen, { context, secrets, parameters, both: [secrets, { parameters }] })
        seen['while it runs'] = leaking(context)
        return 'done'
      })
    const context = { awsRequestId: 'request-1' }
    await handler({}, context as never)
    return { ...seen, 'context afterwards': context, events, 'process.env': variablesOfOurs() }
  }

  /** Without the credentials, which belong there. */
  function variablesOfOurs() {
    return Object.entries(process.env).filter(
      ([name]) => !/^AWS_(SESSION_TOKEN|SECRET_ACCESS_KEY)$/.test(name),
    )
  }

  const sources: readonly (readonly [string, () => Source])[] = [
    ['sdk()', () => sdk({ region: 'leaks-1' })],
    ['direct()', () => direct({ region: 'leaks-1' })],
    ['memory', () => memorySource({ ...stored, parameters: { ...stored.parameters } })],
  ]

  it.each(sources)('from views, context, request, events or the environment, over %s', async (_, source) => {
    for (const [name, thing] of Object.entries(await handle(source()))) {
      expect([name, leaking(thing)]).toEqual([name, []])
    }
  })

  it('from a view that several middlewares share, is spread, or was refreshed', async () => {
    const source = memorySource(stored)
    const cache = createCache()
    const seen: unknown[] = []
    // Puts a value into the cache that all middlewares share by default.
    await createSecrets({ secrets: { text: 'prod/text' }, source }).read()
    const handler = middy()
      .use(secretsCache({ source, cache, secrets: { text: 'prod/text' } }))
      .use(secretsCache({ source, cache, secrets: { json: declared.secrets.json } }))
      .handler(async (_event: unknown, { secrets }) => {
        seen.push(secrets, { ...secrets }, Object.create(secrets), [secrets], new Map([['a', secrets]]))
        const refuse = () => {
          source.set('secrets', 'prod/text', storedValue('text', 2))
          throw new Error('refused')
        }
        const tried = await retryOnRotation(secrets, 'text', refuse, { when: () => true }).catch(
          (error) => error,
        )
        const made = derive(secrets, 'json', () => ({ pool: true }))
        seen.push(tried, made, cache, ...sharedOfOurs())
      })
    await handler({}, {} as never)
    expect(sharedOfOurs().length).toBeGreaterThan(1)
    for (const [index, thing] of seen.entries()) expect([index, leaking(thing)]).toEqual([index, []])
  })

  /** What copies of our packages share on globalThis, including the default cache. */
  function sharedOfOurs(): unknown[] {
    const ours = Object.getOwnPropertySymbols(globalThis).filter(({ description }) =>
      description?.startsWith('@secrets-cache/'),
    )
    return ours.map((name) => (globalThis as Record<symbol, unknown>)[name])
  }

  it.each(sources)(
    'from a reader, a middleware, a source or their descriptions, over %s',
    async (_, make) => {
      const source = make()
      const reader = createSecrets({ ...declared, source })
      await reader.read()
      const middleware = secretsCache({ ...declared, source })
      for (const thing of [
        reader,
        reader.describe(),
        middleware,
        source,
        firstOf(source, memorySource(stored)),
      ]) {
        expect(leaking(thing)).toEqual([])
      }
    },
  )

  it('from an error about a value that cannot be read as declared', async () => {
    const refused = { '~standard': { version: 1, vendor: 'test', validate: refuseQuoting } } as never
    const wrong = {
      malformed: json('prod/malformed'),
      schema: json('prod/json', refused),
      kind: 'prod/bytes',
      gone: 'prod/nowhere',
    }
    const reader = createSecrets({ secrets: wrong, source: memorySource(stored), cache: createCache() })
    const error = await Promise.resolve()
      .then(() => reader.read())
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'SEVERAL' })
    expect((error as { errors: unknown[] }).errors).toHaveLength(4)
    expect(leaking(error)).toEqual([])
    expect(leaking((error as { errors: unknown[] }).errors)).toEqual([])
  })

  it('from what a listener, a schema, a source or a handler throws', async () => {
    const clock = fakeClock()
    const throwing: Source = {
      name: 'throwing',
      identity: 'throwing',
      fetch: () => {
        throw new Error(storedValue('thrown'), { cause: storedValue('cause') })
      },
    }
    const reader = createSecrets({
      secrets: { db: 'prod/text' },
      source: throwing,
      cache: createCache({ clock }),
      onEvent: () => {
        throw new Error(storedValue('listener'))
      },
    })
    const error = await Promise.resolve()
      .then(() => reader.read())
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'SOURCE_FAILED' })
    expect(leaking(error)).toEqual([])
  })

  it('but through the one call that is documented: inspect without custom, with hidden and getters', async () => {
    const { secrets } = (await handle(memorySource(stored))) as unknown as { secrets: object }
    expect(holdsCanary(exoticSink.write(secrets))).toBe(true)
    expect(leaking(secrets)).toEqual([])
  })

  it('to the standard streams of a process that meets every wrong body', async () => {
    const column = fileURLToPath(new URL('../src/column.ts', import.meta.url))
    const argv = ['--conditions=@secrets-cache/source', column, '2', 'the body']
    const { stdout, stderr } = await run(process.execPath, argv, { env: { PATH: variables['PATH'] } })
    expect(stdout.trim().split('\n').length).toBeGreaterThan(5)
    expect(stdout).not.toContain('"passed":false')
    expect(holdsCanary(stdout + stderr)).toBe(false)
  })
})

const run = promisify(execFile)

/** Quotes the refused value in its message, as zod 3 does. */
function refuseQuoting(value: unknown) {
  return { issues: [{ message: `not ${JSON.stringify(value)}`, path: ['user'] }] }
}
