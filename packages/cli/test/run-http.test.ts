import { once } from 'node:events'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { describe, expect, it, jest } from '@jest/globals'
import { refusalOf } from '../src/run/http/guard.ts'
import { serveHttp } from '../src/run/http/serve-http.ts'
import { readRunArguments } from '../src/run/run-arguments.ts'
import { serving } from './helpers/serving.ts'
import { makeFolder, showHere } from './run-here.ts'

// Processes have to start first, on a machine that may be busy.
jest.setTimeout(120_000)

const CANARY = 'canary-7c02e1'

const handler = `export const handler = async (event) => {
  const { mode } = event.queryStringParameters ?? {}
  if (mode === 'event') return event
  if (mode === 'text') return 'plain'
  if (mode === 'throws') throw new Error('${CANARY}')
  if (mode === 'status') return { statusCode: 'soon' }
  if (mode === 'bytes')
    return { statusCode: 200, headers: { 'Content-Type': 'image/png' }, body: 'AAEC/w==', isBase64Encoded: true }
  return { statusCode: 201, headers: { 'X-A': 1 }, cookies: ['a=1', 'b=2'], body: 'made' }
}`

describe('run --http', () => {
  it('serves a function as a Function URL does, and ends with a signal', async () => {
    await using made = await makeFolder({ 'index.mjs': handler })
    await using run = await serving(made.folder)
    const get = (mode: string, options?: RequestInit) => fetch(`${run.url}a?mode=${mode}`, options)

    const created = await get('created')
    expect([created.status, created.headers.get('x-a'), created.headers.getSetCookie()]).toEqual([
      201,
      '1',
      ['a=1', 'b=2'],
    ])
    expect(await created.text()).toBe('made')

    const bytes = await get('bytes')
    expect(bytes.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await bytes.arrayBuffer())).toEqual(Buffer.from([0, 1, 2, 255]))

    const text = await get('text')
    expect([text.status, text.headers.get('content-type'), await text.text()]).toEqual([
      200,
      'application/json',
      'plain',
    ])

    const options = { method: 'POST', body: Uint8Array.from([0, 255]), headers: { Cookie: 'c=1; d=2' } }
    const event = (await (await get('event', options)).json()) as Record<string, unknown>
    expect(event).toMatchObject({
      rawPath: '/a',
      rawQueryString: 'mode=event',
      cookies: ['c=1', 'd=2'],
      body: 'AP8=',
      isBase64Encoded: true,
      requestContext: { http: { method: 'POST', path: '/a' } },
    })

    for (const mode of ['throws', 'status']) {
      const failed = await get(mode)
      expect([failed.status, await failed.text()]).toEqual([502, 'Internal Server Error'])
    }
    const kinds = run.reports
      .filter((report) => report['event'] === 'invocation')
      .map((report) => report['kind'])
    expect(kinds).toEqual(['cold', 'warm', 'warm', 'warm', 'warm', 'warm'])
    expect(await run.end()).toBe(0)
  })

  it('lets requests wait for each other: one environment answers one at a time', async () => {
    const counting = `let running = 0
export const handler = async () => {
  running += 1
  const seen = running
  await new Promise((resolve) => setTimeout(resolve, 20))
  running -= 1
  return seen
}`
    await using made = await makeFolder({ 'index.mjs': counting })
    await using run = await serving(made.folder)
    const seen = await Promise.all(Array.from({ length: 5 }, async () => (await fetch(run.url)).json()))
    expect(seen).toEqual([1, 1, 1, 1, 1])
  })

  it('passes a streamed response on while it is written', async () => {
    const streaming = `import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
export const handler = awslambda.streamifyResponse(async (event, stream) => {
  const reply = awslambda.HttpResponseStream.from(stream, {
    statusCode: 206, headers: { 'content-type': 'text/event-stream' }, cookies: ['s=1'],
  })
  reply.write('one')
  // Only once the client has the first piece is the second written.
  while (!existsSync(new URL('./seen', import.meta.url))) await pause(5)
  reply.write(Uint8Array.from([0, 255]))
  reply.end()
})`
    await using made = await makeFolder({ 'index.mjs': streaming })
    await using run = await serving(made.folder)
    const response = await fetch(run.url)
    expect([response.status, response.headers.get('content-type'), response.headers.getSetCookie()]).toEqual([
      206,
      'text/event-stream',
      ['s=1'],
    ])
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    expect(Buffer.from((await reader.read()).value as Uint8Array).toString()).toBe('one')
    const { writeFile } = await import('node:fs/promises')
    await writeFile(`${made.folder}/seen`, '')
    const rest: Uint8Array[] = []
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) rest.push(piece.value)
    expect(Buffer.concat(rest)).toEqual(Buffer.from([0, 255]))
  })

  it('ends a streamed response early where the function fails in the middle of it', async () => {
    const failing = `export const handler = awslambda.streamifyResponse(async (event, stream) => {
  stream.setContentType('text/plain')
  stream.write('one')
  throw new Error('too late')
})`
    await using made = await makeFolder({ 'index.mjs': failing })
    await using run = await serving(made.folder)
    const response = await fetch(run.url)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/plain'])
    await expect(response.text()).rejects.toThrow()
    expect(run.reports.at(-1)).toMatchObject({ error: { errorMessage: 'too late' } })
  })

  it('is as strict with a stream as the runtime client of Lambda', async () => {
    const modes = `export const handler = awslambda.streamifyResponse(async (event, stream) => {
  const { mode } = event.queryStringParameters ?? {}
  if (mode === 'late') {
    stream.write('one')
    stream.setContentType('text/plain')
  }
  const reply = awslambda.HttpResponseStream.from(stream, { statusCode: mode === 'header' ? 200 : 201, headers: {
    'x-a': mode === 'header' ? 'a\\nb' : '1', connection: 'close', 'transfer-encoding': 'gzip', 'content-length': '1' } })
  if (mode === 'object') reply.write({ a: 1 })
  if (mode === 'header') reply.write('x')
  reply.end(mode === 'end' ? 'only the end' : undefined)
}, { highWaterMark: 1024 })`
    await using made = await makeFolder({ 'index.mjs': modes })
    await using run = await serving(made.folder)
    const get = async (mode: string) => {
      const response = await fetch(`${run.url}?mode=${mode}`)
      return [response.status, await response.text().catch(() => 'cut off')]
    }
    expect(await get('object')).toEqual([201, '{"a":1}'])
    expect(await get('header')).toEqual([502, 'Internal Server Error'])
    expect(await get('end')).toEqual([502, 'Internal Server Error'])
    expect(run.reports.at(-1)).toMatchObject({
      error: { errorMessage: expect.stringContaining('Call write() before end()') },
    })
    expect(await get('late')).toEqual([200, 'cut off'])
    expect(run.reports.at(-1)).toMatchObject({
      error: { errorMessage: 'Cannot set content-type, too late.' },
    })
  })

  it.each([
    [
      'is not async',
      '(event, stream) => void stream.write("x")',
      'Streaming does not support non-async handlers.',
    ],
    ['throws an error of its own', "async () => { throw new RangeError('far') }", 'far'],
  ])('tells of a streaming handler that %s', async (_, body, message) => {
    await using made = await makeFolder({
      'index.mjs': `export const handler = awslambda.streamifyResponse(${body})`,
    })
    const { lines, code } = await showHere(made.folder)
    expect([code, lines.join('\n')]).toEqual([1, expect.stringContaining(message)])
  })

  it('answers 502 to a status or a header that HTTP does not take', async () => {
    const modes = `export const handler = async ({ rawPath }) =>
  rawPath === '/status' ? { statusCode: 101 } : { statusCode: 200, headers: { 'x y': 'a' }, body: '' }`
    await using made = await makeFolder({ 'index.mjs': modes })
    await using run = await serving(made.folder)
    for (const path of ['status', 'header']) expect((await fetch(run.url + path)).status).toBe(502)
  })

  it('answers 502 where a streaming function fails before its first byte', async () => {
    const failing = `export const handler = awslambda.streamifyResponse(async () => { throw new Error('${CANARY}') })`
    await using made = await makeFolder({ 'index.mjs': failing })
    await using run = await serving(made.folder)
    const response = await fetch(run.url)
    expect([response.status, await response.text()]).toEqual([502, 'Internal Server Error'])
  })

  it('answers 502 where INIT fails, and 413 to what Lambda does not take', async () => {
    await using made = await makeFolder({ 'index.mjs': `throw new Error('${CANARY}')` })
    await using run = await serving(made.folder)
    expect((await fetch(run.url)).status).toBe(502)
    const large = await fetch(run.url, { method: 'POST', body: Buffer.alloc(6_291_457) })
    expect(large.status).toBe(413)
  })

  it('refuses what a page of another site sends', async () => {
    const invoked: object[] = []
    const server = await serveHttp(
      0,
      async (event) => ({ result: invoked.push(event) }),
      () => {},
    )
    try {
      const outgoing = request(server.url, { headers: { host: 'evil.example' } })
      const [response] = await once(outgoing.end(), 'response')
      expect(response.statusCode).toBe(403)
      response.resume()
      const other = await fetch(server.url, { method: 'POST', headers: { origin: 'https://evil.example' } })
      expect([other.status, invoked]).toEqual([403, []])
    } finally {
      await server.close()
    }
  })

  it.each([
    [{ host: 'localhost:3000' }, true],
    [{ host: '[::1]:3000', origin: 'http://localhost:5173' }, true],
    [{ host: 'localhost:3000', origin: 'null' }, false],
    [{ host: 'localhost:3000', origin: 'http://localhost.evil.example' }, false],
    [{ host: 'localhost:3000', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, false],
    [
      {
        host: 'localhost:3000',
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'document',
      },
      true,
    ],
    [
      {
        host: 'localhost:3000',
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'iframe',
      },
      false,
    ],
  ])('answers a GET with %j: %s', (headers, isAnswered) => {
    expect(refusalOf({ headers, method: 'GET' }) === undefined).toBe(isAnswered)
  })

  it('says which port is taken', async () => {
    const taken = createServer()
    taken.listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    await expect(
      serveHttp(
        port,
        async () => ({ result: 1 }),
        () => {},
      ),
    ).rejects.toThrow(`--http ${port}: the port is taken; choose another, or 0 for any free one.`)
    taken.close()
  })

  it.each([
    [['--http', '70000'], '--http is "70000"; a port is a number from 0 to 65535'],
    [['--http', 'x'], '--http is "x"; it is a whole number'],
    [['--http', '0', '--event', '{}'], '--http makes an event of each request; leave --event out'],
    [['--http', '0', '--event-type', 'sqs'], '--http makes an event of each request; leave --event-type out'],
    [['--http', '0', '--times', '2'], '--http makes an event of each request; leave --times out'],
  ])('refuses %j', (given, message) => {
    expect(() => readRunArguments(given)).toThrow(message)
  })
})

describe('run, over a streaming handler', () => {
  it('shows the response once it has ended', async () => {
    const files = {
      'index.mjs': `export const handler = awslambda.streamifyResponse(async (event, stream) => {
  const reply = awslambda.HttpResponseStream.from(stream, { headers: { 'x-a': '1' } })
  reply.write('one ')
  reply.end('two')
})`,
    }
    await using made = await makeFolder(files)
    const { lines, code } = await showHere(made.folder)
    expect(code).toBe(0)
    expect(lines.join('\n')).toContain('{"statusCode":200,"headers":{"x-a":"1"},"body":"one two"}')
  })

  it('says how many bytes there are where they are no text', async () => {
    const files = {
      'index.mjs': `export const handler = awslambda.streamifyResponse(async (event, stream) => {
  stream.end(Uint8Array.from([0, 255, 254]))
})`,
    }
    await using made = await makeFolder(files)
    const { lines } = await showHere(made.folder)
    expect(lines.join('\n')).toContain('"(3 bytes)"')
  })
})
