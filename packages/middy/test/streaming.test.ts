import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import middy from '@middy/core'
import { executionModeStreamifyResponse } from '@middy/core/StreamifyResponse'
import { createCache, fakeClock, memorySource } from '@secrets-cache/core/testing'
import { derive, secretsCache } from '@secrets-cache/middy'
import { collectGarbage, untilSo } from './helpers/collect-garbage.ts'

type Stream = (event: unknown, response: PassThrough, context: object) => Promise<void>

describe("Middy's streaming mode", () => {
  // What Lambda's runtime puts there; it marks the handler, and calls it with the stream to write to.
  const awslambda = {
    streamifyResponse: (handler: Stream) => handler,
    HttpResponseStream: { from: (stream: PassThrough) => stream },
  }
  beforeEach(() => {
    Object.assign(globalThis, { awslambda })
  })
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'awslambda')
  })

  it('gives a stream the values of its start to its end, and the next one the newer', async () => {
    const source = memorySource({ secrets: { 'prod/db': 'value 1' } })
    const clock = fakeClock()
    const cache = createCache({ clock })
    let between = () => {}
    const stream = middy({ executionMode: executionModeStreamifyResponse as never })
      .use(secretsCache({ secrets: { db: 'prod/db' }, source, cache }))
      .handler(async (_event: unknown, { secrets }) =>
        Readable.from(
          (async function* () {
            yield `${secrets.db}, `
            between()
            yield secrets.db
          })(),
        ),
      ) as unknown as Stream
    const answer = async () => {
      const response = new PassThrough()
      const [written] = await Promise.all([text(response), stream({}, response, {})])
      return written
    }

    between = () => {
      source.set('secrets', 'prod/db', 'value 2')
      clock.advance(301_000)
    }
    expect(await answer()).toBe('value 1, value 1')
    expect(await answer()).toBe('value 2, value 2')
  })

  it.each([
    ['a stream of Node', (parts: AsyncIterable<string>) => Readable.from(parts), () => {}],
    // It does not tell that it has ended.
    ['a web stream', (parts: AsyncIterable<string>) => ReadableStream.from(parts), collectGarbage],
    ['a body', (parts: AsyncIterable<string>) => ({ statusCode: 200, body: Readable.from(parts) }), () => {}],
  ])('keeps what is derived until the stream has ended: %s', async (_, streamOf, help) => {
    const source = memorySource({ secrets: { 'prod/db': 'value 1' } })
    const clock = fakeClock()
    const cache = createCache({ clock })
    const pools: { value: string; isOpen: boolean }[] = []
    const createPool = (value: string) => {
      const pool = { value, isOpen: true }
      pools.push(pool)
      return pool
    }
    const dispose = (pool: { isOpen: boolean }) => {
      pool.isOpen = false
    }
    let between = async () => {}
    const stream = middy({ executionMode: executionModeStreamifyResponse as never })
      .use(secretsCache({ secrets: { db: 'prod/db' }, source, cache }))
      .handler(async (_event: unknown, { secrets }) => {
        const pool = derive(secrets, 'db', createPool, { dispose })
        async function* parts() {
          yield `${pool.value}, `
          await between()
          yield String(pool.isOpen)
        }
        return streamOf(parts())
      }) as unknown as Stream
    const answer = async () => {
      const response = new PassThrough()
      const [written] = await Promise.all([text(response), stream({}, response, {})])
      return written
    }

    await answer()
    between = async () => {
      between = async () => {}
      source.set('secrets', 'prod/db', 'value 2')
      clock.advance(301_000)
      expect(await answer()).toBe('value 2, true')
      collectGarbage()
    }
    expect(await answer()).toBe('value 1, true')
    await untilSo(() => !pools[0]?.isOpen, help)
    expect(pools).toEqual([
      { value: 'value 1', isOpen: false },
      { value: 'value 2', isOpen: true },
    ])
  })

  it('fails before anything is streamed where a secret cannot be had', async () => {
    const response = new PassThrough()
    const stream = middy({ executionMode: executionModeStreamifyResponse as never })
      .use(secretsCache({ secrets: { db: 'prod/gone' }, source: memorySource({}), cache: createCache() }))
      .handler(async () => 'streamed') as unknown as Stream
    await expect(stream({}, response, {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(response.readableLength).toBe(0)
  })
})
