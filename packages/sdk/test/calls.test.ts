import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createSecrets, firstOf, retryOnRotation } from '@secrets-cache/core'
import { createCache, sourceContract } from '@secrets-cache/core/testing'
import { extension } from '@secrets-cache/extension'
import type { Local } from '@secrets-cache/local'
import { newSdk, startAccount } from './account.ts'

const names = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`)
const valued = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, `value of ${key}`]))
const secretNames = names(3, 'prod/secret-')
const parameterNames = names(12, '/prod/parameter-')

let local: Local
beforeAll(async () => {
  local = await startAccount({ secrets: valued(secretNames), parameters: valued(parameterNames) })
})
beforeEach(() => local.reset())
afterAll(() => local.close())

const calls = () => {
  const { BatchGetSecretValue, GetSecretValue, GetParameters, GetParameter } = local.calls.aws
  return {
    secrets: BatchGetSecretValue + GetSecretValue,
    parameters: GetParameters + GetParameter,
    all: local.calls.upstream,
  }
}

/** The wall clock of a cache, moved by hand; its timers are real, for so are the sockets. */
function movedClock() {
  let moved = 0
  const clock = {
    now: () => Date.now() + moved,
    after: (milliseconds: number, callback: () => void) => {
      const timer = setTimeout(callback, milliseconds)
      return () => clearTimeout(timer)
    },
  }
  const move = (milliseconds: number) => {
    moved += milliseconds
  }
  return { clock, move }
}

describe.each([1, 20, 1_000])(
  'twelve parameters and three secrets, asked for by %d handlers at once',
  (handlers) => {
    it('cost three calls cold, none warm, and three after they have expired', async () => {
      const { clock, move } = movedClock()
      const cache = createCache({ clock })
      const readers = Array.from({ length: handlers }, () =>
        createSecrets({
          source: newSdk({ region: 'eu-west-1' }),
          cache,
          prefetch: false,
          timeoutMilliseconds: 20_000,
          secrets: Object.fromEntries(secretNames.map((name) => [name, name])),
          parameters: Object.fromEntries(parameterNames.map((name) => [name, name])),
        }),
      )
      const readAll = () => Promise.all(readers.map((reader) => reader.read()))

      const [first] = await readAll()
      expect(first?.secrets['prod/secret-2']).toBe('value of prod/secret-2')
      expect(first?.parameters['/prod/parameter-11']).toBe('value of /prod/parameter-11')
      expect(calls()).toEqual({ secrets: 1, parameters: 2, all: 3 })
      await readAll()
      expect(calls().all).toBe(3)
      move(301_000)
      await readAll()
      expect(calls()).toEqual({ secrets: 2, parameters: 4, all: 6 })
    })
  },
)

describe('a prefetch at INIT', () => {
  it('is the load that the first invocation waits for', async () => {
    const reader = createSecrets({
      source: newSdk(),
      cache: createCache(),
      timeoutMilliseconds: 20_000,
      secrets: { one: 'prod/secret-0', two: 'prod/secret-1' },
    })
    await reader.read()
    expect(calls()).toEqual({ secrets: 1, parameters: 0, all: 1 })
  })
})

describe('firstOf(extension(), sdk())', () => {
  const both = () => firstOf(extension({ environment: local.environment }), newSdk())

  it('recovers from a rotation in one call past the layer', async () => {
    const reader = createSecrets({ source: both(), cache: createCache(), secrets: { db: 'prod/secret-0' } })
    const { secrets } = await reader.read()
    local.rotate('prod/secret-0', 'the next password')
    const login = async (password: string) => {
      if (password !== 'the next password') throw Object.assign(new Error('denied'), { errno: 1045 })
      return 'in'
    }
    const before = calls()
    const logins = Array.from({ length: 100 }, () =>
      retryOnRotation(secrets, 'db', login, { when: () => true }),
    )

    expect(new Set(await Promise.all(logins))).toEqual(new Set(['in']))
    expect(calls().secrets - before.secrets).toBe(1)
    expect(local.calls.layer.secretsmanager).toBe(1)
  })

  const setup = {
    source: both,
    known: secretNames.map((id) => ({ reference: { kind: 'secret', id } as const, value: `value of ${id}` })),
    missing: [{ kind: 'secret', id: 'nowhere' }],
  } as const
  for (const { name, run } of sourceContract(setup)) it(name, run)
})
