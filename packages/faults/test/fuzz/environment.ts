import { expect } from '@jest/globals'
import middy from '@middy/core'
import type { Source } from '@secrets-cache/core'
import { createCache } from '@secrets-cache/core/testing'
import type { Local } from '@secrets-cache/local'
import { createSecrets, retryOnRotation, secretsCache } from '@secrets-cache/middy'
import { canaryToken, holdsCanary, storedValue } from '../../src/canary.ts'
import { steppedClock } from '../../src/stepped-clock.ts'
import type { Step } from './any-steps.ts'
import { faults } from './faults-by-name.ts'
import { mustBeTyped, type Settled, settle } from './settle.ts'

export const roles = ['db', 'key', 'other'] as const

const times = { maxAge: 60, staleWhileRevalidate: 30, staleIfError: 600 }
const oldest = times.maxAge + times.staleIfError

/** Short, so that a fault costs a test run only milliseconds. */
const timeoutMilliseconds = 40
const limits = { softWait: 10, loadTimeout: 80, minimumRefreshInterval: 20 }

/** A function's environment with two handlers over one cache, and what it may serve at any moment. */
export function startEnvironment(local: Local, source: Source) {
  let now = Date.now()
  const events: object[] = []
  const cache = createCache({ clock: steppedClock(() => now), limits })
  const options = {
    ...times,
    source,
    cache,
    timeoutMilliseconds,
    onEvent: (event: object) => void events.push(event),
  }
  const reader = createSecrets({ ...options, secrets: { db: 'db' }, prefetch: false })
  const handlers = [['db'], ['db', 'key', 'other']].map((keys) =>
    middy()
      .use(secretsCache({ ...options, secrets: Object.fromEntries(keys.map((key) => [key, key])) }))
      .handler(async (_event: unknown, { secrets }) => ({ ...pick(secrets, keys) })),
  )
  /** When each version of a role was replaced; the newest is not in the list. */
  const replaced = new Map<string, number[]>(roles.map((role) => [role, []]))
  const running: Promise<void>[] = []

  const isRight = (role: string, value: unknown, since: number) => {
    const versions = replaced.get(role) as number[]
    return [...versions, Number.POSITIVE_INFINITY].some(
      (until, index) => value === storedValue(role, index + 1) && since - until <= oldest * 1_000,
    )
  }

  /** A right value for each key, or a typed error; never nothing. */
  async function judge(call: () => unknown, rolesOf?: readonly string[]): Promise<Settled> {
    const since = now
    const { value, thrown } = await settle(call)
    if (thrown !== undefined) mustBeTyped(thrown)
    else {
      for (const role of rolesOf ?? []) {
        // The values are not compared here, because a failed expectation prints them.
        expect([role, isRight(role, Object(value)[role], since)]).toEqual([role, true])
      }
    }
    return { value, thrown }
  }

  const invoke = (handler: number, remaining = 60_000) => {
    const context = { getRemainingTimeInMillis: () => remaining } as never
    return judge(() => handlers[handler]?.({}, context), handler === 0 ? ['db'] : roles)
  }

  async function take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'invoke':
        await invoke(step.handler, step.remaining)
        break
      case 'burst':
        for (let each = 0; each < step.count; each++) running.push(invoke(step.handler).then(() => {}))
        break
      case 'tenant': {
        const role = roles[step.role] as string
        await judge(async () => ({ [role]: await reader.get(role) }), [role])
        break
      }
      case 'refresh':
        await judge(() => reader.refresh('db'))
        break
      case 'retryOnRotation':
        await judge(retry, ['db'])
        break
      case 'rotate':
        rotate(roles[step.role] as string)
        break
      case 'pass':
        now += step.seconds * 1_000
        break
      case 'fault':
        await faults[step.fault](local)
        break
      case 'calm':
        await calm()
        break
      case 'clear':
        reader.clear()
        break
    }
  }

  /** Logs in to a pretended database that refuses the first password. */
  async function retry() {
    const { secrets } = await reader.read()
    let tries = 0
    const login = async (db: string) => {
      if (tries++ === 0) throw new Refused()
      return { db }
    }
    const when = (error: unknown) => error instanceof Refused
    return retryOnRotation(secrets, 'db', login, { when, remainingMilliseconds: () => 200 }).catch(
      (error: unknown) => {
        // Without a newer version the caller gets the login's own error.
        if (error instanceof Refused) return { db: secrets.db }
        throw error
      },
    )
  }

  function rotate(role: string): void {
    const versions = replaced.get(role) as number[]
    versions.push(now)
    local.rotate(role, storedValue(role, versions.length + 1))
  }

  async function calm(): Promise<void> {
    await local.faults.clear()
    local.rotateToken(canaryToken)
  }

  /** When all faults have ended and the longest pause is over, the newest values are served. */
  async function mustRecover(): Promise<void> {
    await Promise.all(running)
    await calm()
    now += (oldest + 31) * 1_000
    for (const role of roles) rotate(role)
    let last: Settled = {}
    for (let turn = 0; turn < 100; turn++) {
      last = await invoke(1)
      if (last.thrown === undefined) break
      now += 31_000
    }
    const newest = (role: string) => storedValue(role, (replaced.get(role) as number[]).length + 1)
    for (const role of roles) {
      expect([role, Object(last.value)[role] === newest(role)]).toEqual([role, true])
    }
    expect(holdsCanary(JSON.stringify(events))).toBe(false)
  }

  return { take, mustRecover, end: () => cache.clear() }
}

class Refused extends Error {}

const pick = (view: object, keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, (view as Record<string, unknown>)[key]]))
