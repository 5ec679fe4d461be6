import { describe, expect, it } from '@jest/globals'
import { createSecrets, type Source } from '@secrets-cache/core'
import { createCache, fakeClock } from '@secrets-cache/core/testing'
import fc from 'fast-check'

type Step = 'read' | 'refresh a' | 'refresh b' | 'get c' | 'clear' | 'rotate' | 'wait'

const step = fc.constantFrom<Step>(
  ...(['read', 'read', 'read', 'refresh a', 'refresh b', 'get c', 'clear', 'rotate', 'wait'] as const),
)

describe('createSecrets, its loads answered in any order', () => {
  it('gives every caller a value that was current when it asked, or newer, and settles every call', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(step, { minLength: 1, maxLength: 20 }),
        async (scheduler, steps) => {
          const clock = fakeClock()
          let version = 1
          const source: Source = {
            name: 'scheduled',
            identity: 'scheduled',
            // Each reference is answered on its own, whenever the scheduler lets it, with what is current then.
            fetch: (references) =>
              references.map(({ id }) =>
                scheduler
                  .schedule(Promise.resolve(), `answer ${id}`)
                  .then(() => ({ ok: true, value: `${id} ${version}` }) as const),
              ),
          }
          const cache = createCache({ clock, random: () => 0 })
          const secrets = { a: 'a', b: 'b' }
          const reader = createSecrets({
            source,
            secrets,
            cache,
            maxAge: 10,
            staleIfError: 0,
            prefetch: false,
          })
          let refreshedAt = { a: 0, b: 0 }

          const calls: Promise<void>[] = []
          const versionOf = (value: string) => Number(value.split(' ')[1])
          for (const each of steps) {
            const floor = { ...refreshedAt }
            const asked = version
            if (each === 'read') {
              const reading = async () => {
                const views = await reader.read()
                for (const key of ['a', 'b'] as const) {
                  expect(views.secrets[key]).toMatch(new RegExp(`^${key} \\d+$`))
                  expect(versionOf(views.secrets[key])).toBeGreaterThanOrEqual(floor[key])
                }
              }
              calls.push(reading())
            } else if (each === 'get c') {
              calls.push(
                reader
                  .get('c')
                  .then((value) => expect(value).toMatch(/^c \d+$/))
                  .then(() => {}),
              )
            } else if (each === 'refresh a' || each === 'refresh b') {
              const key = each === 'refresh a' ? 'a' : 'b'
              const refreshing = async () => {
                await reader.refresh(key)
                // Whoever reads from now on has what was current at the call at least.
                refreshedAt = { ...refreshedAt, [key]: Math.max(refreshedAt[key], asked) }
              }
              calls.push(refreshing())
            } else if (each === 'clear') reader.clear()
            else if (each === 'rotate') version++
            else if (scheduler.count() > 0) await scheduler.waitOne()
          }
          await scheduler.waitFor(Promise.all(calls))
          while (scheduler.count() > 0) await scheduler.waitOne()
          expect(clock.timers()).toBe(0)
        },
      ),
      { numRuns: Number(process.env['INTERLEAVINGS'] ?? 500) },
    )
  }, 60_000)
})
