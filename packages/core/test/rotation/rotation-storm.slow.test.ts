import { describe, expect, it, jest } from '@jest/globals'
import { createSecrets, retryOnRotation } from '@secrets-cache/core'
import { createCache, fakeClock, memorySource } from '@secrets-cache/core/testing'
import { turn, watch } from '../support/engine.ts'

const wrong = new Error('access denied for user')

async function connected() {
  const clock = fakeClock()
  const source = memorySource({ secrets: { 'prod/db': 'old' } })
  const reader = createSecrets({
    source,
    secrets: { db: 'prod/db' },
    cache: createCache({ clock, random: () => 0 }),
    prefetch: false,
  })
  const { secrets } = await reader.read()
  let accepted = 'old'
  const login = async (password: string) => {
    if (password !== accepted) throw wrong
    return `with ${password}`
  }
  const logins = (count: number) =>
    Array.from({ length: count }, () =>
      watch(() => retryOnRotation(secrets, 'db', login, { when: (error) => error === wrong })),
    )
  const rotate = (password: string) => {
    accepted = password
  }
  return { clock, source, logins, rotate }
}

// Ten thousand of anything take a while on a busy machine.
jest.setTimeout(30_000)

describe('retryOnRotation, 10,000 at once', () => {
  it('asks once, and all of them log in with the new version', async () => {
    const { source, logins, rotate, clock } = await connected()
    rotate('new')
    source.set('secrets', 'prod/db', 'new')
    const all = logins(10_000)
    await turn()
    expect(new Set(all.map(({ value }) => value))).toEqual(new Set(['with new']))
    expect(source.calls()).toBe(2)
    expect(clock.timers()).toBe(0)
  })

  it('asks twice in the gap of a rotation, and all of them log in after it', async () => {
    const { source, logins, rotate, clock } = await connected()
    rotate('new')
    const all = logins(10_000)
    await turn()
    expect(source.calls()).toBe(2)
    source.set('secrets', 'prod/db', 'new')
    clock.advance(1_000)
    await turn()
    expect(new Set(all.map(({ value }) => value))).toEqual(new Set(['with new']))
    expect(source.calls()).toBe(3)
    expect(clock.timers()).toBe(0)
  })

  it('asks twice and gives up with the error of the login where the version stays', async () => {
    const { source, logins, rotate, clock } = await connected()
    rotate('new')
    const all = logins(10_000)
    await turn()
    clock.advance(1_000)
    await turn()
    expect(new Set(all.map(({ error }) => error))).toEqual(new Set([wrong]))
    expect(source.calls()).toBe(3)
    expect(clock.timers()).toBe(0)
  })
})
