import { describe, expect, it } from '@jest/globals'
import { createSecrets, json, list, retryOnRotation, text } from '@secrets-cache/core'
import { createCache, fakeClock, memorySource } from '@secrets-cache/core/testing'

describe('smoke', () => {
  it('reads', async () => {
    const clock = fakeClock()
    const source = memorySource({
      secrets: { 'prod/db': { user: 'a' }, k: 'v' },
      parameters: { '/h': ['a', 'b'] },
    })
    const s = createSecrets({
      source,
      cache: createCache({ clock, random: () => 0 }),
      prefetch: false,
      secrets: { db: json<{ user: string }>('prod/db'), k: 'k', f: text('none', { fallback: null }) },
      parameters: { h: list('/h') },
    })
    const first = s.read()
    expect(first).toBeInstanceOf(Promise)
    const { secrets, parameters } = await first
    expect(secrets.db).toEqual({ user: 'a' })
    expect(secrets.f).toBe(null)
    expect(parameters.h).toEqual(['a', 'b'])
    expect(s.read()).toBe(await first)
    clock.advance(301_000)
    const again = s.read()
    expect(again).toBeInstanceOf(Promise)
    expect(await again).toBe(await first)
    expect(source.calls()).toBe(2)
    source.set('secrets', 'prod/db', { user: 'b' })
    let n = 0
    const r = await retryOnRotation(
      secrets,
      'db',
      (db) => {
        n++
        if (db.user === 'a') throw new Error('x')
        return db.user
      },
      { when: () => true },
    )
    expect(r).toBe('b')
    expect(n).toBe(2)
    expect((await s.read()).secrets.db).toEqual({ user: 'b' })
    expect(clock.timers()).toBe(0)
  })
})
