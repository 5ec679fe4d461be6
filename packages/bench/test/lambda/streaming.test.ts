import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import middy from '@middy/core'
import { executionModeStreamifyResponse } from '@middy/core/StreamifyResponse'
import { createCache, fakeClock, memorySource } from '@secrets-cache/core/testing'
import { secretsCache } from '@secrets-cache/middy'

type Stream = (event: unknown, response: PassThrough, context: object) => Promise<void>

describe("Middy's streaming mode", () => {
  // What Lambda's runtime puts there; it marks the handler, and calls it with the stream to write to.
  beforeEach(() => {
    Object.assign(globalThis, { awslambda: { streamifyResponse: (handler: Stream) => handler } })
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

  it('fails before anything is streamed where a secret cannot be had', async () => {
    const response = new PassThrough()
    const stream = middy({ executionMode: executionModeStreamifyResponse as never })
      .use(secretsCache({ secrets: { db: 'prod/gone' }, source: memorySource({}), cache: createCache() }))
      .handler(async () => 'streamed') as unknown as Stream
    await expect(stream({}, response, {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(response.readableLength).toBe(0)
  })
})
