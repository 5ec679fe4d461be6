import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel'
import { readFile } from 'node:fs/promises'
import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { type EventType, NotFoundError, type SecretsEvent } from '@secrets-cache/core'
import { emitterFor, isHitHeard } from '../../src/shared/events.ts'
import { readerOf } from '../helpers.ts'

afterEach(() => {
  jest.restoreAllMocks()
})

describe('events', () => {
  it('are published on the diagnostics channel of their type', async () => {
    const heard: unknown[] = []
    const listen = (event: unknown) => heard.push(event)
    subscribe('secrets-cache:load', listen)
    const { reader } = readerOf({ secrets: { 'prod/db': 'canary' } }, { onEvent: undefined })
    await reader.read()
    unsubscribe('secrets-cache:load', listen)

    expect(heard).toEqual([{ type: 'load', source: 'memory', ids: ['prod/db'], fresh: false }])
    expect(Object.isFrozen(heard[0])).toBe(true)
  })

  it('are not even described when nobody listens', () => {
    const describe = jest.fn(() => ({ source: 'x', reason: 'y' }))
    emitterFor(undefined)('degraded', describe)
    expect(describe).not.toHaveBeenCalled()

    emitterFor(() => {})('degraded', describe)
    expect(describe).toHaveBeenCalledTimes(1)
  })

  it('know whether hits are heard, by either way', () => {
    const listen = () => {}
    expect([isHitHeard(undefined), isHitHeard(() => {})]).toEqual([false, true])
    subscribe('secrets-cache:hit', listen)
    expect([isHitHeard(undefined), channel('secrets-cache:hit').hasSubscribers]).toEqual([true, true])
    unsubscribe('secrets-cache:hit', listen)
  })

  it('do not fail the read whose listener throws, and warn of it once, without its error', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const { reader } = readerOf(
      { secrets: { 'prod/db': 'value' } },
      {
        onEvent: () => {
          throw new Error('canary')
        },
      },
    )
    expect((await reader.read()).secrets['db']).toBe('value')

    expect(warn.mock.calls).toEqual([
      ['a listener of events failed; the event was lost', 'SecretsCacheWarning'],
    ])
  })

  it('tell the life of a value, and never the value', async () => {
    const { reader, events, clock, source } = readerOf(
      { secrets: { 'prod/db': 'canary-1' } },
      { maxAge: 10, staleWhileRevalidate: 10 },
    )
    const types = () => events.splice(0).map(({ type }) => type)
    await reader.read()
    expect(types()).toEqual(['load', 'loaded', 'miss'])
    reader.read()
    expect(types()).toEqual(['hit'])
    clock.advance(10_000)
    await reader.read()
    await new Promise(setImmediate)
    expect(types()).toEqual(['load', 'stale', 'loaded'])
    source.set('secrets', 'prod/db', 'canary-2')
    await reader.refresh('db')
    expect(types()).toEqual(['load', 'loaded', 'refresh'])
    source.set('secrets', 'prod/db', undefined as never)
    clock.advance(20_000)
    await expect(reader.read()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(types()).toEqual(['load', 'failed', 'error'])
  })

  it('carry what a reader of a log needs', async () => {
    const { reader, events, clock, source } = readerOf({ secrets: { 'prod/db': 'canary' } }, { maxAge: 10 })
    await reader.read()
    clock.advance(4_000)
    reader.read()
    source.set('secrets', 'prod/db', undefined as never)
    await reader.refresh('db').catch(() => {})

    const of = <Type extends EventType>(type: Type) =>
      events.find((event): event is Extract<SecretsEvent, { type: Type }> => event.type === type)
    const key = { key: 'secrets.db', id: 'prod/db', source: 'memory' }
    expect(of('loaded')).toEqual({
      type: 'loaded',
      id: 'prod/db',
      source: 'memory',
      milliseconds: 0,
      isChanged: true,
      version: '1',
    })
    expect(of('miss')).toEqual({ type: 'miss', ...key, ageSeconds: 0 })
    expect(of('hit')).toEqual({ type: 'hit', ...key, ageSeconds: 4 })
    expect(of('failed')).toEqual({
      type: 'failed',
      id: 'prod/db',
      source: 'memory',
      code: 'NOT_FOUND',
      pauseMilliseconds: 250,
    })
    expect(of('refresh')).toEqual({ type: 'refresh', id: 'prod/db', source: 'memory', result: 'failed' })
    expect(JSON.stringify(events)).not.toContain('canary')
  })

  it('stand in docs/events.md, each with its fields', async () => {
    const page = await readFile(new URL('../../../../docs/events.md', import.meta.url), 'utf8')
    const documented = new Map(
      [...page.matchAll(/^\| `(\w+)` +\|[^|]+\|([^|]+)\|$/gm)].map(([, type, fields]) => [
        type,
        [...(fields ?? '').matchAll(/`(\w+)`/g)].map(([, field]) => field),
      ]),
    )
    const { reader, events, clock, source } = readerOf(
      { secrets: { 'prod/db': 'x' } },
      { maxAge: 10, staleWhileRevalidate: 10 },
    )
    await reader.read()
    reader.read()
    clock.advance(10_000)
    reader.read()
    source.set('secrets', 'prod/db', undefined as never)
    await reader.refresh('db').catch(() => {})
    clock.advance(30_000)
    await Promise.resolve(reader.read()).catch(() => {})

    const seen = new Set(events.map(({ type }) => type))
    expect([...seen].toSorted()).toEqual([
      'error',
      'failed',
      'hit',
      'load',
      'loaded',
      'miss',
      'refresh',
      'stale',
    ])
    for (const { type, ...fields } of events) {
      expect(documented.get(type)?.slice(0, Object.keys(fields).length)).toEqual(Object.keys(fields))
    }
    expect([...documented.keys()]).toEqual(expect.arrayContaining(['fallback', 'retry', 'next', 'degraded']))
  })

  it('tell of the fallback that was taken', async () => {
    const { text } = await import('@secrets-cache/core')
    const { reader, events } = readerOf(
      {},
      { secrets: { db: text('prod/db', { fallback: 'none' }) } as never },
    )
    await reader.read()
    expect(events.map(({ type }) => type)).toEqual(['load', 'failed', 'fallback'])
  })

  it('tell of a retry within a load', async () => {
    const { reader, events } = readerOf(
      {},
      {
        source: {
          name: 'own',
          identity: 'own',
          fetch: async (references, { onRetry }) => {
            onRetry(references[0] as (typeof references)[0], new NotFoundError())
            return [{ ok: true, value: 'x' }]
          },
        },
      },
    )
    await reader.read()
    expect(events[1]).toEqual({ type: 'retry', id: 'prod/db', source: 'own', code: 'NOT_FOUND' })
  })
})
