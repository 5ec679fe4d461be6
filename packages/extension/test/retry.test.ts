import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { describe, expect, it } from '@jest/globals'
import type { Reference, SecretsCacheError } from '@secrets-cache/core'
import { extension } from '../src/index.ts'
import {
  failureOf,
  fetchAll,
  fetchOne,
  freePort,
  parameter,
  recorded,
  secret,
  serve,
  serveInTurn,
  serveRaw,
  source,
  token,
} from './helpers/index.ts'

const collector = () => {
  const codes: string[] = []
  return { codes, onRetry: (_: Reference, error: SecretsCacheError) => codes.push(error.code) }
}

describe('a layer that is not ready', () => {
  it('is asked again until it answers', async () => {
    const { notReady } = recorded
    const { port, requests } = await serveInTurn(
      notReady,
      notReady,
      [400, `${notReady[1]}\n`],
      recorded.secret,
    )
    const { codes, onRetry } = collector()
    expect(await fetchOne(source(port), secret('a'), { onRetry })).toMatchObject({ ok: true })
    expect(codes).toEqual(['NOT_READY', 'NOT_READY', 'NOT_READY'])
    expect(requests).toHaveLength(4)
  })

  it('is reported as such when the time is over during a wait', async () => {
    const { port, requests } = await serveInTurn(recorded.notReady)
    const controller = new AbortController()
    const error = await failureOf(source(port), secret('a'), {
      signal: controller.signal,
      onRetry: () => requests.length === 4 && controller.abort(),
    })
    expect(error).toMatchObject({ code: 'NOT_READY', id: 'a', source: 'extension' })
    expect(requests).toHaveLength(4)
  })

  it('is reported as such when the time is over during another attempt', async () => {
    const controller = new AbortController()
    const { port, requests } = await serve((_, response) => {
      if (requests.length === 1) response.writeHead(400).end(recorded.notReady[1])
      else controller.abort()
    })
    expect(await failureOf(source(port), secret('a'), controller)).toMatchObject({ code: 'NOT_READY' })
  })

  it('does not hold up what is answered', async () => {
    const { port } = await serve((request, response) => {
      if (request.url?.includes('slow')) response.writeHead(400).end(recorded.notReady[1])
      else response.end(recorded.secret)
    })
    const controller = new AbortController()
    const outcomes = source(port).fetch([secret('slow'), secret('quick')], {
      signal: controller.signal,
      fresh: false,
      onRetry: () => {},
      emit: () => {},
    })
    const [slow, quick] = await outcomes
    expect(await quick).toMatchObject({ ok: true })
    controller.abort()
    expect(await slow).toMatchObject({ ok: false, error: { code: 'NOT_READY' } })
  })
})

describe('a port that refuses', () => {
  it('is asked again until somebody listens', async () => {
    const port = await freePort()
    const { codes, onRetry } = collector()
    let server: Promise<unknown> | undefined
    const outcome = await fetchOne(source(port), secret('a'), {
      onRetry: (reference, error) => {
        onRetry(reference, error)
        if (codes.length === 3) server = serve((_, response) => response.end(recorded.secret), port)
      },
    })
    await server
    expect(outcome.ok).toBe(true)
    expect(new Set(codes)).toEqual(new Set(['UNREACHABLE']))
  })

  it.each([
    [false, /layer to the function.*PARAMETERS_SECRETS_EXTENSION_HTTP_PORT/],
    [true, /Start the agent/],
  ])('is given up after about a second, with what may be wrong (agent: %s)', async (agent, remedy) => {
    const started = performance.now()
    const error = await failureOf(source(await freePort(), { agent }), secret('a'))
    expect(performance.now() - started).toBeGreaterThan(950)
    expect(performance.now() - started).toBeLessThan(5000)
    expect(error).toMatchObject({ code: 'UNREACHABLE', reason: 'nothing listens on its port' })
    expect(error.remedy).toMatch(remedy)
  })

  it('is reported as such when the time is over before', async () => {
    const controller = new AbortController()
    const error = await failureOf(source(await freePort()), secret('a'), {
      signal: controller.signal,
      onRetry: () => controller.abort(),
    })
    expect(error.code).toBe('UNREACHABLE')
  })
})

describe('a connection that dies', () => {
  const dying = (fatal: (socket: Socket) => void, times: number) => {
    let left = times
    return serveRaw((socket) => {
      if (left-- > 0) fatal(socket)
      else
        socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${recorded.secret.length}\r\n\r\n${recorded.secret}`)
    })
  }
  const deaths: [string, string, (socket: Socket) => void][] = [
    ['by FIN', 'UNREACHABLE', (socket) => socket.end()],
    ['by RST', 'UNREACHABLE', (socket) => socket.resetAndDestroy()],
    [
      'inside a body of known length',
      'BAD_RESPONSE',
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 300\r\n\r\n{"SecretString":"CANARY'),
    ],
    [
      'inside a chunked body',
      'BAD_RESPONSE',
      (socket) =>
        socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n30\r\n{"SecretString":"CANARY'),
    ],
    [
      'inside a chunked body after which it would have closed',
      'BAD_RESPONSE',
      (socket) =>
        socket.end(
          'HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n30\r\n{"SecretString":"CANARY',
        ),
    ],
    [
      'inside a body after which it would have closed',
      'BAD_RESPONSE',
      (socket) =>
        socket.end(
          'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 300\r\n\r\n{"SecretString":"CANARY',
        ),
    ],
  ]

  it.each(deaths)('%s is asked again once, at once', async (_, code, fatal) => {
    const { port, connections } = await dying(fatal, 1)
    const { codes, onRetry } = collector()
    expect(await fetchOne(source(port), secret('a'), { onRetry })).toMatchObject({ ok: true })
    expect(codes).toEqual([code])
    expect(connections()).toBe(2)
  })

  it.each(deaths)('%s twice is an error without a piece of the answer', async (_, code, fatal) => {
    const { port, connections } = await dying(fatal, 9)
    const error = await failureOf(source(port), secret('a'))
    expect(error).toMatchObject({
      ...{ code, id: 'a', source: 'extension' },
      reason: code === 'UNREACHABLE' ? 'the connection was closed' : 'it was cut off',
    })
    expect(error.message).not.toContain('CANARY')
    expect(connections()).toBe(2)
  })

  it('is reported as no answer in time when the second one hangs', async () => {
    const controller = new AbortController()
    let requests = 0
    const { port } = await serveRaw((socket) => {
      if (requests++ === 0) socket.resetAndDestroy()
      else controller.abort()
    })
    expect(await failureOf(source(port), secret('a'), controller)).toMatchObject({ code: 'TIMEOUT' })
  })

  it('is reported as no answer in time also where the layer was not ready before', async () => {
    const controller = new AbortController()
    const { port, requests } = await serve((request, response) => {
      if (requests.length === 1) response.writeHead(400).end(recorded.notReady[1])
      else if (requests.length === 2) request.socket.resetAndDestroy()
      else controller.abort()
    })
    expect(await failureOf(source(port), secret('a'), controller)).toMatchObject({ code: 'TIMEOUT' })
  })

  /** Answers, but resets every connection of before `age()` as soon as something is asked on it. */
  const ageing = async () => {
    const old = new WeakSet<Socket>()
    const server = await serve((request, response) => {
      if (old.has(request.socket)) request.socket.resetAndDestroy()
      else response.end(recorded.secret)
    })
    const age = () => {
      for (const socket of server.sockets) old.add(socket)
    }
    return { ...server, age }
  }
  const references = ['a', 'b', 'c'].map((id) => secret(id))

  it('leaves those that answer beside it to be closed, and never used again', async () => {
    const waiting: ServerResponse[] = []
    const server = await serve((request, response) => {
      if (request.url?.endsWith('slow')) waiting.push(response)
      else if (server.requests.length === 2) request.socket.resetAndDestroy()
      else response.end(recorded.secret)
    })
    const layer = source(server.port)
    const slow = fetchOne(layer, secret('slow'))
    while (waiting.length === 0) await new Promise(setImmediate)
    expect(await fetchOne(layer, secret('a'))).toMatchObject({ ok: true })
    const [held] = waiting
    const { socket } = held as ServerResponse
    held?.end(recorded.secret)
    expect(await slow).toMatchObject({ ok: true })
    if (socket && !socket.destroyed) await new Promise((resolve) => socket.once('close', resolve))
    expect(await fetchOne(layer, secret('b'))).toMatchObject({ ok: true })
    expect(server.connections()).toBe(3)
  })

  it('takes its idle neighbours with it: the second attempt meets no other dead one', async () => {
    const { port, age, connections, sockets } = await ageing()
    const layer = source(port)
    await fetchAll(layer, references)
    age()
    const { codes, onRetry } = collector()
    expect(await fetchOne(layer, secret('a'), { onRetry })).toMatchObject({ ok: true })
    expect(codes).toEqual(['UNREACHABLE'])
    expect(connections()).toBe(4)
    while (sockets.size > 1) await new Promise(setImmediate)
  })

  it('is replaced once when several die together, and the new ones are kept', async () => {
    const { port, age, connections } = await ageing()
    const layer = source(port)
    await fetchAll(layer, references)
    age()
    const outcomes = await fetchAll(layer, references)
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true])
    await fetchAll(layer, references)
    expect(connections()).toBe(6)
  })
})

describe('a fetch', () => {
  it('keeps its connections, and answers every reference in its place', async () => {
    const { port, connections } = await serve((request, response) =>
      response.end(
        JSON.stringify({ SecretString: new URL(request.url ?? '', 'http://h').searchParams.get('secretId') }),
      ),
    )
    const layer = source(port)
    const ids = Array.from({ length: 40 }, (_, index) => `secret-${index}`)
    for (let round = 0; round < 3; round++) {
      const outcomes = await fetchAll(
        layer,
        ids.map((id) => secret(id)),
      )
      expect(outcomes.map((outcome) => outcome.ok && outcome.value)).toEqual(ids)
    }
    expect(connections()).toBe(10)
  })

  it('closes its connections to a port that it no longer asks', async () => {
    const [before, after] = [await serveInTurn(recorded.secret), await serveInTurn(recorded.secret)]
    const environment = { PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(before.port) }
    const layer = extension({ environment, token: () => token })
    await fetchAll(layer, [secret('a'), secret('b')])
    expect(before.sockets.size).toBe(2)
    environment.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT = String(after.port)
    await fetchOne(layer, secret('a'))
    while (before.sockets.size > 0) await new Promise(setImmediate)
    expect(after.requests).toHaveLength(1)
  })

  it('keeps to the number of connections it is given', async () => {
    const held: ServerResponse[] = []
    let most = 0
    const { port, requests, connections } = await serve((_, response) => {
      held.push(response)
      most = Math.max(most, held.length)
      if (held.length < 2 && requests.length < 5) return
      for (const waiting of held.splice(0)) waiting.end(recorded.secureString)
    })
    const references = ['/a', '/b', '/c', '/d', '/e'].map((id) => parameter(id))
    await fetchAll(source(port, { connections: 2 }), references)
    expect([most, connections()]).toEqual([2, 2])
  })

  it('never rejects, whatever throws', async () => {
    const { port } = await serveInTurn(recorded.notReady)
    const onRetry = () => {
      throw Object.assign(new Error('CANARY'), { code: 'E_CODE' })
    }
    const error = await failureOf(source(port), secret('a'), { onRetry })
    expect(error).toMatchObject({ code: 'SOURCE_FAILED', reason: 'E_CODE', id: 'a' })
    expect(error.message).not.toContain('CANARY')
  })
})
