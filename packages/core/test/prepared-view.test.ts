import { describe, expect, it } from '@jest/globals'
import { binary, createSecrets } from '@secrets-cache/core'
import { createCache, fakeClock, memorySource, scriptedSource } from '@secrets-cache/core/testing'
import { turn } from './support/engine.ts'

function scripted(secrets: Record<string, string>, times: object = {}) {
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
