import { describe, expect, it } from '@jest/globals'
import { freePort, recorded, run, serve, serveInTurn } from './helpers/index.ts'

const variables = { AWS_LAMBDA_FUNCTION_NAME: 'orders' }
const value = { ok: true, value: 'an-insecure-string-secret-value' }

describe('a source that is made at INIT', () => {
  it('connects and sends nothing, and its first request takes such a connection', async () => {
    const { port, connections, requests } = await serveInTurn(recorded.secret)
    const script = run('warm-up.ts', { variables }, port, 1)
    expect(await script.line()).toMatchObject({ outcome: value })
    expect(connections()).toBe(6)
    expect(requests).toHaveLength(1)
  })

  it('opens no more connections than it may have', async () => {
    const { port, connections } = await serveInTurn(recorded.secret)
    const script = run('warm-up.ts', { variables }, port, 1, '', 2)
    expect(await script.line()).toMatchObject({ outcome: value })
    expect(connections()).toBe(2)
  })

  it('ends by itself, used or not, and where nothing listens', async () => {
    const { port } = await serveInTurn(recorded.secret)
    for (const given of [
      [port, 0],
      [port, 1],
      [await freePort(), 0],
    ]) {
      const script = run('warm-up.ts', { variables }, ...given)
      expect(await script.line()).not.toBeNull()
      expect(await script.exited).toBe(0)
    }
  })

  it('tells undici’s channels of no request that was never sent', async () => {
    const { port } = await serveInTurn(recorded.secret)
    expect(await run('warm-up.ts', { variables }, port, 1, 'watched').line()).toMatchObject({
      toldBefore: 0,
      outcome: value,
    })
  })

  it('takes no connection that has died meanwhile', async () => {
    const server = await serve((_, response) => response.end(recorded.secret))
    const script = run('warm-up.ts', { variables }, server.port, 1, 'waiting')
    while (server.sockets.size < 6) await new Promise(setImmediate)
    for (const socket of server.sockets) socket.destroy()
    script.end()
    expect(await script.line()).toMatchObject({ outcome: value })
    expect(server.requests).toHaveLength(1)
  })
})

describe('the parser of undici', () => {
  const fetchTraced = (port: number, fetches: number, variables: NodeJS.ProcessEnv) =>
    run('warm-up.ts', { variables }, port, fetches, 'traced')
  /** By the size of its one large function: Node has modules of WebAssembly too. */
  const compiledTwice = /using TurboFan.* bodysize 3\d{4} /

  it('is compiled a second time by V8 after a few responses', async () => {
    const { port } = await serveInTurn(recorded.secret)
    expect(await fetchTraced(port, 1_000_000, {}).textUntil(compiledTwice)).toMatch(compiledTwice)
  })

  it('is not where it was rehearsed', async () => {
    const { port } = await serveInTurn(recorded.secret)
    const written = await fetchTraced(port, 150, variables).textUntil(/"toldBefore"/)
    expect(written).toMatch(/using Liftoff.* bodysize 3\d{4} /)
    expect(written).not.toMatch(compiledTwice)
  })
})
