import { describe, expect, it } from '@jest/globals'
import { Agent, Client, interceptors, MockAgent, Pool, type Dispatcher as UndiciDispatcher } from 'undici'
import type { Dispatcher } from '../src/index.ts'
import {
  failureOf,
  fetchAll,
  fetchOne,
  freePort,
  recorded,
  secret,
  serve,
  serveInTurn,
  source,
} from './helpers/index.ts'

// The shape stated in src is one that undici's own types fit.
export const fits: Dispatcher = null as unknown as UndiciDispatcher

describe('a dispatcher of the user', () => {
  it.each([
    ['Client', (port: number) => new Client(`http://127.0.0.1:${port}`)],
    ['Pool', (port: number) => new Pool(`http://127.0.0.1:${port}`, { connections: 2 })],
    ['Agent', () => new Agent()],
    ['composed Agent', () => new Agent().compose(interceptors.retry({ maxRetries: 1 }))],
  ])('may be a %s', async (_, make) => {
    const { port } = await serveInTurn(recorded.secret)
    const dispatcher = make(port)
    const outcomes = await fetchAll(source(port, { dispatcher }), [secret('a'), secret('b'), secret('c')])
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true])
    await dispatcher.close()
  })

  it('may be a MockAgent, with nothing on the port', async () => {
    const dispatcher = new MockAgent()
    dispatcher.disableNetConnect()
    const port = await freePort()
    dispatcher
      .get(`http://127.0.0.1:${port}`)
      .intercept({ path: '/secretsmanager/get?secretId=a' })
      .reply(200, recorded.secret)
    expect(await fetchOne(source(port, { dispatcher }), secret('a'))).toMatchObject({ ok: true })
    await dispatcher.close()
  })

  it('is asked once more after a dead socket', async () => {
    let asked = 0
    const { port } = await serve((request, response) => {
      if (asked++ === 0) request.socket.resetAndDestroy()
      else response.end(recorded.secret)
    })
    const dispatcher = new Pool(`http://127.0.0.1:${port}`)
    expect(await fetchOne(source(port, { dispatcher }), secret('a'))).toMatchObject({ ok: true })
    await dispatcher.close()
  })

  it('lets go at once of what waits in its own queue, and never sends it', async () => {
    const controller = new AbortController()
    const { port, requests } = await serve(() => controller.abort())
    const dispatcher = new Pool(`http://127.0.0.1:${port}`, { connections: 1 })
    const layer = source(port, { dispatcher })
    const outcomes = await fetchAll(layer, [secret('a'), secret('b')], { signal: controller.signal })
    expect(outcomes).toMatchObject([{ error: { code: 'TIMEOUT' } }, { error: { code: 'TIMEOUT' } }])
    await dispatcher.close()
    expect(requests).toHaveLength(1)
  })

  it('that is closed is an error with its code', async () => {
    const port = await freePort()
    const dispatcher = new Client(`http://127.0.0.1:${port}`)
    await dispatcher.close()
    expect(await failureOf(source(port, { dispatcher }), secret('a'))).toMatchObject({
      code: 'UNREACHABLE',
      reason: 'UND_ERR_DESTROYED',
    })
  })

  it.each([new Error('CANARY'), undefined, { code: 'no CANARY code' }, { code: 7 }])(
    'that throws is an error without what it threw: %s',
    async (thrown) => {
      const dispatcher: Dispatcher = {
        dispatch: () => {
          throw thrown
        },
      }
      const error = await failureOf(source(2773, { dispatcher }), secret('a'))
      expect(error).toMatchObject({ code: 'UNREACHABLE', reason: undefined })
      expect(error.message).not.toContain('CANARY')
    },
  )

  it('that was aborted before is not asked', async () => {
    const dispatcher: Dispatcher = {
      dispatch: () => {
        throw new Error('asked')
      },
    }
    const error = await failureOf(source(2773, { dispatcher }), secret('a'), { signal: AbortSignal.abort() })
    expect(error.code).toBe('TIMEOUT')
  })
})
