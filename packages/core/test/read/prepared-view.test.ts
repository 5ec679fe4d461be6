import { describe, expect, it } from '@jest/globals'
import { binary, createSecrets, NotFoundError, type SecretsDeclaration, text } from '@secrets-cache/core'
import { createCache, fakeClock, memorySource, scriptedSource } from '@secrets-cache/core/testing'
import { turn } from '../support/engine.ts'

function scripted(secrets: SecretsDeclaration, times: object = {}) {
  const clock = fakeClock()
  const source = scriptedSource()
  const reader = createSecrets({
    ...{ source, secrets, prefetch: false, ...times },
    cache: createCache({ clock, random: () => 0 }),
  })
  const answer = async (question: number, value: string) => {
    source.questions.at(question)?.answer({ ok: true, value })
    await turn()
  }
  const valuesNow = async () => ({ ...(await reader.read()) }) as { secrets: Record<string, string> }
  return { clock, source, reader, answer, valuesNow }
}

describe('the prepared view', () => {
  it('is given again, without a look at any entry, until its first member is no longer fresh', async () => {
    const { clock, reader, answer } = scripted({ a: 'prod/a', b: 'prod/b' }, { maxAge: 10 })
    const reading = reader.read()
    await answer(0, '1')
    await answer(1, '1')
    const views = await reading
    expect(reader.read()).toBe(views)
    clock.advance(9_999)
    expect(reader.read()).toBe(views)
    clock.advance(1)
    expect(reader.read()).toBeInstanceOf(Promise)
  })

  it('costs one look at the clock where nobody listens', async () => {
    const clock = fakeClock()
    let looks = 0
    const now = () => {
      looks++
      return clock.now()
    }
    const source = memorySource({ secrets: { a: '1', b: '2' } })
    const cache = createCache({ clock: { ...clock, now } })
    const reader = createSecrets({ source, cache, secrets: { a: 'a', b: 'b' } })
    await reader.read()
    looks = 0
    reader.peek()
    expect(looks).toBe(1)
  })

  it('is given from when its last member began to when its first ends', async () => {
    const { clock, reader, answer } = scripted({
      a: text('a', { maxAge: 10 }),
      b: text('b', { maxAge: 100 }),
    })
    void reader.read()
    await answer(0, '1')
    await answer(1, '1')
    await reader.read()
    clock.advance(9_999)
    expect(reader.peek()).toBeDefined()
    clock.advance(1)
    expect(reader.peek()).toBeUndefined()

    void reader.read()
    await answer(2, '1')
    await reader.read()
    expect(reader.peek()).toBeDefined()
    clock.step(-1)
    expect(reader.peek()).toBeUndefined()
  })

  it('may hold a fallback, until a value came in its place', async () => {
    const { clock, source, reader, answer } = scripted({
      a: text('a', { fallback: 'none' }),
      b: text('b', { maxAge: 10 }),
    })
    void reader.read()
    source.questions[0]?.answer({ ok: false, error: new NotFoundError() })
    await answer(1, '1')
    await reader.read()
    expect(reader.peek()).toMatchObject({ secrets: { a: 'none' } })

    clock.advance(10_000)
    // `b` has expired, the fallback has not: the read has its fallback, and waits for `b`.
    const reading = reader.read() as Promise<{ secrets: { a: string } }>
    void reader.refresh('a')
    await answer(3, 'came')
    await answer(2, '2')
    expect((await reading).secrets.a).toBe('none')
    expect(reader.peek()).toBeUndefined()
  })

  it('does not outlive a forced refresh', async () => {
    const { reader, answer, valuesNow } = scripted({ a: 'prod/a' })
    void reader.read()
    await answer(0, '1')
    expect((await valuesNow()).secrets['a']).toBe('1')
    const refreshed = reader.refresh('a')
    await answer(1, '2')
    await refreshed
    expect((await valuesNow()).secrets['a']).toBe('2')
  })

  it('does not outlive a refresh that came between its values and its making', async () => {
    const { clock, reader, answer, valuesNow } = scripted({ a: 'prod/a', b: 'prod/b' })
    void reader.read()
    await answer(0, '1')
    await answer(1, '1')
    clock.advance(200_000)
    void reader.refresh('a')
    await answer(2, '2')
    clock.advance(100_000)
    // `b` has expired, `a` has not: the read has its value of `a`, and waits for `b`.
    const reading = reader.read() as Promise<{ secrets: { a: string } }>
    void reader.refresh('a')
    await answer(4, '3')
    await answer(3, '2')
    expect((await reading).secrets.a).toBe('2')
    expect((await valuesNow()).secrets['a']).toBe('3')
  })

  it('does not outlive a clear', async () => {
    const { reader, source, answer } = scripted({ a: 'prod/a' })
    void reader.read()
    await answer(0, '1')
    await reader.read()
    reader.clear()
    expect(reader.read()).toBeInstanceOf(Promise)
    expect(source.calls).toHaveLength(2)
  })

  it('is not given before it began, when the clock was set back', async () => {
    const { clock, reader, answer } = scripted({ a: 'prod/a' })
    void reader.read()
    await answer(0, '1')
    await reader.read()
    clock.step(-1)
    expect(reader.read()).toBeInstanceOf(Promise)
  })
})

describe('get', () => {
  it('gives each caller bytes of its own', async () => {
    const source = memorySource({ secrets: { key: new Uint8Array([1, 2, 3]) } })
    const { get } = createSecrets({ source, secrets: { key: binary('key') }, cache: createCache() })
    const first = await get(binary('key'))
    first.fill(0)
    expect(await get(binary('key'))).toEqual(new Uint8Array([1, 2, 3]))
  })
})
