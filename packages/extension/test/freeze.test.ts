import type { Socket } from 'node:net'
import { describe, expect, it } from '@jest/globals'
import { recorded, run, serve, serveInTurn } from './helpers/index.ts'

const value = JSON.parse(recorded.secret).SecretString
const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']
const invocation = ids.join(' ')
const values = ids.map(() => value)

const closings: [string, (socket: Socket) => unknown][] = [
  ['FIN', (socket) => socket.end()],
  ['RST', (socket) => socket.resetAndDestroy()],
]

// Lambda's freeze is a stop; other systems have no /proc to see it by.
const onLinux = process.platform === 'linux' ? describe : describe.skip

onLinux('a process that was frozen', () => {
  it.each(closings)('fetches when its sockets were closed by %s before it was invoked', async (_, close) => {
    const { port, sockets } = await serveInTurn(recorded.secret)
    const lambda = run('fetch-on-demand.ts', port)
    lambda.write(invocation)
    expect(await lambda.line()).toEqual({ values, retries: [] })
    await lambda.freeze()
    for (const socket of sockets) close(socket)
    lambda.write(invocation)
    lambda.thaw()
    expect(await lambda.line()).toMatchObject({ values })
  })

  it.each(closings)('fetches when its sockets were closed by %s after it was invoked', async (_, close) => {
    const { port, sockets } = await serveInTurn(recorded.secret)
    const lambda = run('fetch-on-demand.ts', port)
    lambda.write(invocation)
    expect(await lambda.line()).toEqual({ values, retries: [] })
    await lambda.freeze()
    lambda.write(invocation)
    for (const socket of sockets) close(socket)
    lambda.thaw()
    expect(await lambda.line()).toMatchObject({ values })
  })

  it.each(closings)('fetches what was asked before it froze, closed by %s meanwhile', async (_, close) => {
    const { promise: asked, resolve } = Promise.withResolvers<void>()
    let isFrozen = false
    const { port, sockets, requests } = await serve((_, response) => {
      if (isFrozen) response.end(recorded.secret)
      else if (requests.length === 10) resolve()
    })
    const lambda = run('fetch-on-demand.ts', port)
    lambda.write(invocation)
    await asked
    await lambda.freeze()
    isFrozen = true
    for (const socket of sockets) close(socket)
    lambda.thaw()
    expect(await lambda.line()).toEqual({ values, retries: Array(10).fill('UNREACHABLE') })
  })
})
