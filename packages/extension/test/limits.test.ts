import { getEventListeners } from 'node:events'
import { describe, expect, it } from '@jest/globals'
import {
  failureOf,
  fetchAll,
  fetchOne,
  recorded,
  secret,
  serve,
  serveInTurn,
  serveRaw,
  source,
} from './helpers/index.ts'

const mebibyte = 1024 * 1024

describe('the body limit', () => {
  it('refuses a body by its length before it is read', async () => {
    const { port } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': mebibyte + 1 }).write('{')
    })
    expect(await failureOf(source(port), secret('a'))).toMatchObject({
      code: 'TOO_LARGE',
      id: 'a',
      reason: 'more than 1 MiB',
    })
  })

  it('stops reading a body without end', async () => {
    let sent = 0
    const { port } = await serve((_, response) => {
      const chunk = Buffer.alloc(64 * 1024, 'x')
      const more = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length
      }
      response.on('drain', more)
      more()
    })
    const before = process.memoryUsage().arrayBuffers
    expect(await failureOf(source(port), secret('a'))).toMatchObject({ code: 'TOO_LARGE' })
    expect(sent).toBeLessThan(64 * mebibyte)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * mebibyte)
  })

  it('lets a body of exactly the limit through', async () => {
    const head = '{"SecretString":"'
    const value = 'x'.repeat(mebibyte - head.length - 2)
    const { port } = await serveInTurn(`${head}${value}"}`)
    const outcome = await fetchOne(source(port), secret('a'))
    expect(outcome.ok && outcome.value === value).toBe(true)
  })
})

describe('an abort', () => {
  it('ends a request that hangs, and its connection', async () => {
    const controller = new AbortController()
    const { port, sockets } = await serve(() => controller.abort())
    const error = await failureOf(source(port), secret('a'), controller)
    expect(error).toMatchObject({ code: 'TIMEOUT', id: 'a', source: 'extension' })
    await Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))))
  })

  it('ends an answer that drips', async () => {
    const controller = new AbortController()
    const { port } = await serve((_, response) => {
      let drops = 0
      const dripping = setInterval(() => {
        response.write(' ')
        if (++drops === 5) controller.abort()
      }, 2)
      response.on('close', () => clearInterval(dripping))
    })
    expect(await failureOf(source(port), secret('a'), controller)).toMatchObject({ code: 'TIMEOUT' })
  })

  it('that came first sends nothing', async () => {
    const { port, connections } = await serveInTurn(recorded.secret)
    expect(await failureOf(source(port), secret('a'), { signal: AbortSignal.abort() })).toMatchObject({
      code: 'TIMEOUT',
    })
    expect(connections()).toBe(0)
  })

  it('ends what waits for a connection too, at once, and sends nothing of it later', async () => {
    const controller = new AbortController()
    const { port, requests } = await serve((_, response) => {
      if (controller.signal.aborted) response.end(recorded.secret)
      else if (requests.length === 2) controller.abort()
    })
    const layer = source(port, { connections: 2 })
    const references = ['a', 'b', 'c', 'd'].map((id) => secret(id))
    const outcomes = await fetchAll(layer, references, { signal: controller.signal })
    expect(outcomes.map((outcome) => !outcome.ok && outcome.error.code)).toEqual(Array(4).fill('TIMEOUT'))

    const next = await fetchAll(
      layer,
      ['e', 'f', 'g'].map((id) => secret(id)),
    )
    expect(next.map(({ ok }) => ok)).toEqual([true, true, true])
    expect(
      requests
        .map(({ url }) => url?.at(-1))
        .sort()
        .join(''),
    ).toBe('abefg')
  })

  it('of one fetch leaves another alone', async () => {
    const controller = new AbortController()
    const { port } = await serve((request, response) => {
      if (request.url?.includes('hangs')) controller.abort()
      else setImmediate(() => response.end(recorded.secret))
    })
    const layer = source(port)
    const other = fetchOne(layer, secret('other'))
    expect(await failureOf(layer, secret('hangs'), { signal: controller.signal })).toMatchObject({
      code: 'TIMEOUT',
    })
    expect(await other).toMatchObject({ ok: true })
  })

  it('signal keeps no listener, whatever the outcome, and warns of none', async () => {
    const warnings: Error[] = []
    const onWarning = (warning: Error) => warnings.push(warning)
    process.on('warning', onWarning)
    const { signal } = new AbortController()
    const { port } = await serve((request, response) => {
      const id = Number(request.url?.split('=')[1])
      if (id % 3 === 0) response.end(recorded.secret)
      else if (id % 3 === 1) response.writeHead(500).end()
      else if (Math.random() < 0.5) response.writeHead(400).end(recorded.notReady[1])
      else response.end('{}')
    })
    await fetchAll(
      source(port),
      Array.from({ length: 60 }, (_, id) => secret(String(id))),
      { signal },
    )
    await new Promise(setImmediate)
    process.off('warning', onWarning)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    expect(warnings).toEqual([])
  })
})

describe('an informational answer', () => {
  it('is passed over', async () => {
    const { port } = await serveRaw((socket) =>
      socket.end(
        'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n' +
          `HTTP/1.1 200 OK\r\ncontent-length: ${recorded.secret.length}\r\n\r\n${recorded.secret}`,
      ),
    )
    expect(await fetchOne(source(port), secret('a'))).toMatchObject({ ok: true })
  })
})
