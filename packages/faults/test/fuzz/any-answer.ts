import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import fc from 'fast-check'
import { canary } from '../../src/canary.ts'

/** Bodies that are nearly right or entirely wrong. */
const shape = fc.oneof(
  fc.record(
    {
      SecretString: fc.oneof(fc.constant(canary), fc.jsonValue()),
      SecretBinary: fc.jsonValue(),
      VersionId: fc.jsonValue(),
      ARN: fc.jsonValue(),
      __type: fc.constantFrom('ResourceNotFoundException', 'AccessDeniedException', 'ThrottlingException', 7),
    },
    { requiredKeys: [] },
  ),
  fc.record({ Parameter: fc.record({ Value: fc.jsonValue(), Type: fc.jsonValue() }, { requiredKeys: [] }) }),
  fc.jsonValue(),
)

const text = fc.oneof(
  shape.map((body) => JSON.stringify(body)),
  fc.string().map((some) => `${some}${canary}${some}`),
  fc.constantFrom('', '\0', '{', `{"SecretString":"${canary}`, 'not ready to serve traffic, please wait!'),
)

const header = fc.constantFrom(
  'Content-Type: application/json',
  'Content-Encoding: gzip',
  'Transfer-Encoding: chunked',
  'Content-Length: 5',
  'Content-Length: 99999999',
  'Content-Length: -1',
  'Location: http://127.0.0.1:1/',
  `Set-Cookie: ${canary}`,
  'Connection: close',
  'Connection: upgrade',
  'Upgrade: websocket',
  'Retry-After: 100000',
  // An error name from AWS is shown only where it looks like one; this does not.
  `x-amzn-errortype: <${canary}>`,
  'X-Very-Long: '.padEnd(20_000, 'x'),
  `broken header ${canary}`,
  'Nul: \0',
)

const status = fc.oneof(
  fc.constantFrom(
    100,
    101,
    200,
    200,
    200,
    201,
    204,
    206,
    301,
    302,
    304,
    400,
    401,
    403,
    404,
    408,
    429,
    500,
    503,
  ),
  fc.integer({ min: 0, max: 1_200 }),
)

const structured = fc
  .record({
    status,
    headers: fc.array(header, { maxLength: 4 }),
    body: text,
    hasLength: fc.boolean(),
  })
  .map(({ status: code, headers, body, hasLength }) => {
    const length = hasLength ? [`Content-Length: ${Buffer.byteLength(body)}`] : []
    return Buffer.from([`HTTP/1.1 ${code} X`, ...headers, ...length, '', body].join('\r\n'))
  })

const raw = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes))

/** The bytes that a server sends before it closes the connection. */
export const anyAnswer: fc.Arbitrary<Buffer> = fc.oneof({ weight: 8, arbitrary: structured }, raw)

/** Answers each request for what is named `fuzz` with `answer`, and any other as the layer and AWS would. */
export async function startOdd() {
  const state: { answer: Buffer } = { answer: Buffer.alloc(0) }
  const server = createServer((socket) => {
    socket.on('error', () => {})
    let request = ''
    socket.on('data', (chunk) => {
      request += chunk.toString('latin1')
      const end = request.indexOf('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(request)?.[1] ?? 0)
      if (end === -1 || request.length < end + 4 + length) return
      const isFuzz = request.includes('fuzz')
      request = ''
      if (isFuzz) socket.end(state.answer)
      else socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${sane.length}\r\n\r\n${sane}`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    state,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

const sane = JSON.stringify({ Name: 'sane', SecretString: 'sane value', VersionId: 'v1' })
