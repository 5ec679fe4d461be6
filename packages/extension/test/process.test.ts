import { connect } from 'node:net'
import { describe, expect, it } from '@jest/globals'
import { freePort, recorded, run, serve, serveInTurn } from './helpers/index.ts'

describe('importing the package', () => {
  it('loads nothing of undici before the first fetch', async () => {
    const { port } = await serveInTurn(recorded.secret)
    expect(await run('load-lazily.ts', port).line()).toEqual([false, false, true])
  })

  it('loads it in Lambda at INIT, when the source is made, and asks nobody for it', async () => {
    const { port, requests } = await serveInTurn(recorded.secret)
    const variables = { AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001' }
    expect(await run('load-lazily.ts', port, { variables }).line()).toEqual([false, true, true])
    expect(requests).toHaveLength(1)
  })
})

describe('a process', () => {
  it('ends by itself while a connection is kept for the next fetch', async () => {
    const { port, sockets } = await serveInTurn(recorded.secret)
    const script = run('fetch-once.ts', port)
    expect(await script.line()).toMatchObject({ outcome: 'value' })
    expect(await script.exited).toBe(0)
    expect(sockets.size).toBeLessThanOrEqual(1)
  })

  it('is left with nothing by a fetch that was aborted while it hung', async () => {
    const { port } = await serve(() => script.write('abort'))
    const script = run('fetch-once.ts', port)
    expect(await script.line()).toEqual({ outcome: 'TIMEOUT', active: [] })
    expect(await script.exited).toBe(0)
  })

  it('is left with nothing by a fetch that was aborted between two attempts', async () => {
    const script = run('fetch-once.ts', await freePort())
    script.write('abort')
    expect(await script.line()).toMatchObject({
      outcome: expect.stringMatching(/UNREACHABLE|TIMEOUT/),
      active: [],
    })
    expect(await script.exited).toBe(0)
  })
})

const onLinux = process.platform === 'linux' ? describe : describe.skip

onLinux('a connection that nobody accepts', () => {
  it('is left by an abort, and does not keep the process', async () => {
    const server = run('stopped-server.ts')
    const port = Number(await server.line())
    await server.freeze()
    const fillers = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => {}))
    const script = run('fetch-once.ts', port, 'connecting')
    expect(await script.line()).toEqual({ outcome: 'TIMEOUT', active: [] })
    expect(await script.exited).toBe(0)
    for (const filler of fillers) filler.destroy()
  })
})
