import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel'
import { describe, expect, it, jest } from '@jest/globals'
import type { EventType, SecretsEvent } from '@secrets-cache/core'
import { emitterFor } from '../../src/shared/events.ts'
import { readerOf, settle } from '../helpers.ts'
import { createEngine, valuesOf } from '../support/engine.ts'

/** A reader whose listener acts on each event of one type. */
function acting(type: EventType, act: (reader: ReturnType<typeof readerOf>['reader']) => unknown) {
  const heard: string[] = []
  const parts = readerOf(
    { secrets: { 'prod/db': 'value' } },
    {
      maxAge: 10,
      staleWhileRevalidate: 10,
      onEvent: (event) => {
        heard.push(event.type)
        if (event.type === type) return act(parts.reader) as never
      },
    },
  )
  return { ...parts, heard }
}

const fail = () => {
  throw new Error('canary')
}

describe('a listener', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('canary')
      },
    ],
    ['rejects', () => Promise.reject(new Error('canary'))],
    [
      'gives a thenable whose then is async and throws',
      () => Object.defineProperty({}, 'then', { value: async () => fail() }),
    ],
    ['gives a thenable that throws', () => Object.defineProperty({}, 'then', { value: fail })],
    [
      'gives an object that throws when it is looked at',
      () => Object.defineProperty({}, 'then', { get: fail }),
    ],
  ])('that %s costs the read nothing, and the process neither', async (_, act) => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const { reader } = acting('miss', act)
    expect((await reader.read()).secrets['db']).toBe('value')
    await settle()
    expect(warn).toHaveBeenCalledTimes(1)
    expect(JSON.stringify(warn.mock.calls)).not.toContain('canary')
    warn.mockRestore()
  })

  it('of a diagnostics channel that throws or rejects costs nothing either', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const heard: unknown[] = []
    const listeners = [
      () => {
        throw new Error('canary')
      },
      () => Promise.reject(new Error('canary')),
      (event: unknown) => heard.push(event),
    ]
    for (const listener of listeners) subscribe('secrets-cache:miss', listener)
    const { reader } = readerOf({ secrets: { 'prod/db': 'value' } })
    expect((await reader.read()).secrets['db']).toBe('value')
    for (const listener of listeners) unsubscribe('secrets-cache:miss', listener)
    await settle()
    expect(heard).toHaveLength(1)
    warn.mockRestore()
  })

  it('is published to through the channel where Node hides its subscribers', () => {
    const published: unknown[] = []
    const named = channel('secrets-cache:next')
    const listen = () => {}
    named.subscribe(listen)
    const hidden = Object.getOwnPropertyDescriptor(named, '_subscribers')
    const publish = jest.spyOn(named, 'publish').mockImplementation((event) => published.push(event))
    Object.defineProperty(named, '_subscribers', { value: undefined, configurable: true, writable: true })
    emitterFor(undefined)('next', () => ({ id: 'a', source: 's', code: 'TIMEOUT' as const, next: 't' }))
    Object.defineProperty(named, '_subscribers', hidden as PropertyDescriptor)
    publish.mockRestore()
    named.unsubscribe(listen)
    expect(published).toEqual([{ type: 'next', id: 'a', source: 's', code: 'TIMEOUT', next: 't' }])
  })

  it.each<EventType>(['stale', 'load', 'loaded', 'failed', 'hit', 'miss'])(
    'that clears the cache on each %s costs the read nothing',
    async (type) => {
      const { reader, clock } = acting(type, (own) => own.clear())
      for (const time of [0, 1_000, 11_000, 30_000]) {
        clock.advance(time)
        const outcome = await Promise.resolve(reader.read()).catch((error: Error) => error)
        expect(outcome).toMatchObject({ secrets: {} })
      }
      expect(clock.timers()).toBe(0)
    },
  )

  it('that reads on each hit is not called again while it runs', async () => {
    const { reader, heard } = acting('hit', (own) => own.read())
    await reader.read()
    heard.length = 0
    reader.read()
    expect(heard).toEqual(['hit'])
  })

  it('that reads while the cache is being cleared finds it empty', async () => {
    const { cache, slot, read, hold, refresh, source, emit } = createEngine()
    const [one, other] = [slot(), slot({}, 'prod/b')]
    await hold(other, 'old')
    read(one)
    refresh(one)
    const found: unknown[] = []
    source.questions.at(-1)?.context.signal.addEventListener('abort', () => found.push(read(other, 0)))
    cache.clear()
    expect(found).toMatchObject([{ value: undefined }])
    expect(emit).toBeDefined()
    expect(valuesOf(read(other))).toBeUndefined()
  })

  it('hears of a fallback that is served again, never of a hit without an age', async () => {
    const events: SecretsEvent[] = []
    const { text } = await import('@secrets-cache/core')
    const { reader } = readerOf(
      {},
      {
        secrets: { db: text('gone', { fallback: 'none' }) as never },
        onEvent: (event) => events.push(event),
      },
    )
    await reader.read()
    events.length = 0
    reader.read()
    expect(events).toEqual([{ type: 'fallback', key: 'secrets.db', id: 'gone', source: 'memory' }])
  })
})
