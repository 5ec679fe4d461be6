import { describe, expect, it } from '@jest/globals'
import { fakeClock, memorySource } from '@secrets-cache/core/testing'

describe('fakeClock', () => {
  it('calls back in the order of time, and of two at one time the one that was set first', () => {
    const clock = fakeClock(0)
    const calls: string[] = []
    for (const [name, milliseconds] of [
      ['third', 20],
      ['first', 10],
      ['second', 10],
      ['fourth', 30],
    ] as const)
      clock.after(milliseconds, () => calls.push(`${name} at ${clock.now()}`))
    clock.advance(29)
    expect(calls).toEqual(['first at 10', 'second at 10', 'third at 20'])
    clock.advance(1)
    expect(calls.at(-1)).toBe('fourth at 30')
  })
})

describe('memorySource', () => {
  it('counts its versions up', async () => {
    const source = memorySource({ secrets: { a: '1' } })
    const version = async () => {
      const [outcome] = await source.fetch([{ kind: 'secret', id: 'a' }], {} as never)
      return (await outcome) as unknown
    }
    expect(await version()).toMatchObject({ version: '1' })
    source.set('secrets', 'a', '2')
    expect(await version()).toMatchObject({ value: '2', version: '2' })
  })
})
