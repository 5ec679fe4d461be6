import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'
import { type Flavour, type Local, startLocal } from '../src/index.ts'
import { ask } from './ask.ts'

const TOKEN = { 'X-Aws-Parameters-Secrets-Token': 'local-session-token' }
const MEBIBYTE = 2 ** 20

/** Every side of the stand-in, each with a request that succeeds. */
const SIDES: readonly [string, Flavour, string, Parameters<typeof ask>[2]][] = [
  ['the layer', 'layer', '/secretsmanager/get?secretId=a', { headers: TOKEN }],
  ['the agent', 'agent', '/v1/a', { headers: TOKEN }],
  [
    'AWS',
    'layer',
    '/',
    {
      method: 'POST',
      headers: { 'x-amz-target': 'secretsmanager.GetSecretValue' },
      body: '{"SecretId":"a"}',
    },
  ],
  [
    'the control path',
    'layer',
    '/_local/calls',
    { method: 'POST', headers: { 'content-type': 'application/json' } },
  ],
]

describe.each(SIDES)('%s', (_, flavour, target, given) => {
  let local: Local
  const start = async () => {
    local = await startLocal({ flavour, secrets: { a: 'canary' } })
  }
  afterEach(() => local.close())

  const get = (headers: Record<string, string>) =>
    ask(local.url, target, { ...given, headers: { ...given?.headers, ...headers } })

  it('answers to the names of this machine', async () => {
    await start()
    for (const host of ['127.0.0.1', `localhost:${local.port}`, 'LOCALHOST', '[::1]:1', '[::1]'])
      expect([host, (await get({ host })).status]).toEqual([host, 200])
  })

  it('refuses every other name, as a page has that re-binds its own', async () => {
    await start()
    const hosts = [
      'evil.example',
      '127.0.0.1.evil.example',
      'localhost.evil.example:80',
      'a@localhost',
      '[::2]',
      '0.0.0.0',
    ]
    for (const host of hosts) {
      const { status, text } = await get({ host })
      expect([host, status]).toEqual([host, 403])
      expect(text).not.toContain('canary')
    }
    expect(local.calls.total).toBe(0)
  })

  it('refuses the pages of other origins', async () => {
    await start()
    for (const origin of [
      'http://evil.example',
      'null',
      'http://localhost:3000',
      `https://127.0.0.1:${local.port}`,
    ])
      expect([origin, (await get({ origin })).status]).toEqual([origin, 403])
  })

  it('does not read a body that is too large, however it comes', async () => {
    await start()
    for (const headers of [
      { 'content-length': String(200 * MEBIBYTE) },
      { 'transfer-encoding': 'chunked' },
    ]) {
      const { hostname, port } = new URL(local.url)
      const all = { ...given?.headers, ...headers }
      const outgoing = request({ hostname, port, path: target, method: 'POST', headers: all, agent: false })
      let isOver = false
      const ended = new Promise<unknown>((resolve) => {
        const over = (how: unknown) => {
          isOver = true
          resolve(how)
        }
        outgoing.on('response', ({ statusCode }) => over(statusCode))
        outgoing.on('error', ({ code }: NodeJS.ErrnoException) => over(code))
      })
      const piece = Buffer.alloc(MEBIBYTE, 'x')
      let sent = 0
      while (!isOver && sent < 200) {
        sent++
        if (outgoing.write(piece)) continue
        await Promise.race([new Promise((resolve) => outgoing.once('drain', resolve)), ended])
      }
      // What was under way when the connection ended may come back as either.
      expect([413, 'EPIPE', 'ECONNRESET']).toContain(await ended)
      expect(sent).toBeLessThan(64)
      outgoing.destroy()
    }
    expect(local.calls.total).toBe(0)
  })
})

describe('a request without a host', () => {
  it('is refused', async () => {
    await using local = await startLocal({ secrets: { a: 'canary' } })
    const socket = connect(local.port, '127.0.0.1')
    socket.end('GET /secretsmanager/get?secretId=a HTTP/1.0\r\n\r\n')
    let text = ''
    for await (const chunk of socket) text += chunk
    expect(text).toMatch(/^HTTP\/1\.1 403 /)
  })
})
