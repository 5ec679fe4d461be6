import { describe, expect, it } from '@jest/globals'
import type { Reference, SecretsCacheError } from '@secrets-cache/core'
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
  source,
} from './helpers/index.ts'

const heard = () => {
  const codes: string[] = []
  return { codes, onRetry: (_: Reference, error: SecretsCacheError) => codes.push(error.code) }
}

describe('an answer that may be another one a moment later', () => {
  it.each([
    [500, 'SERVICE_FAILED'],
    [502, 'SERVICE_FAILED'],
    [503, 'SERVICE_FAILED'],
    [504, 'SERVICE_FAILED'],
    [429, 'THROTTLED'],
  ])('is asked again in a cold environment: %d', async (status, code) => {
    for (const agent of [false, true]) {
      const { port } = await serveInTurn([status, ''], [status, ''], recorded.secret)
      const { codes, onRetry } = heard()
      expect(await fetchOne(source(port, { agent }), secret('a'), { onRetry })).toMatchObject({ ok: true })
      expect(codes).toEqual([code, code])
    }
  })

  it('is given up in the end, with what it was, in a bounded number of requests', async () => {
    const { port, requests } = await serveInTurn([503, ''])
    expect(await failureOf(source(port), secret('a'))).toMatchObject({
      code: 'SERVICE_FAILED',
      reason: 'HTTP 503',
    })
    expect(requests.length).toBeGreaterThan(3)
    expect(requests.length).toBeLessThan(9)
  })

  it('is reported as such when the time is over during the wait', async () => {
    const { port, requests } = await serveInTurn([500, ''])
    const controller = new AbortController()
    const { signal } = controller
    const onRetry = () => controller.abort()
    expect(await failureOf(source(port), secret('a'), { signal, onRetry })).toMatchObject({
      code: 'SERVICE_FAILED',
    })
    expect(requests).toHaveLength(1)
  })
})

describe('the opaque refusal of the layer', () => {
  it('is asked once more, because it may stand for a throttle', async () => {
    const { port, requests } = await serveInTurn(recorded.refused, recorded.secureString)
    const { codes, onRetry } = heard()
    expect(await fetchOne(source(port), parameter('/a'), { onRetry })).toMatchObject({ ok: true })
    expect(codes).toEqual(['REFUSED'])
    expect(requests).toHaveLength(2)
  })

  it('costs one call more for each value that is really denied', async () => {
    const { port, requests } = await serveInTurn(recorded.refused)
    const outcomes = await fetchAll(source(port), [parameter('/a'), parameter('/b'), secret('c')])
    expect(outcomes.map((outcome) => !outcome.ok && outcome.error.code)).toEqual(Array(3).fill('REFUSED'))
    expect(requests).toHaveLength(6)
  })
})

describe('a connection that the agent answered with 429', () => {
  /** Counts a connection once, when it accepts it, and refuses for good what came in above the limit. */
  const limited = async (most: number) => {
    const accepted = new Set<unknown>()
    const server = await serve((request, response) => {
      const { socket } = request
      if (!accepted.has(socket) && accepted.size < most) {
        accepted.add(socket)
        socket.once('close', () => accepted.delete(socket))
      }
      if (accepted.has(socket)) setTimeout(() => response.end(recorded.secret), 5)
      else response.writeHead(429).end('Connection limit exceeded')
    })
    return server
  }

  it('is dropped: the next attempt takes another, and every value is served', async () => {
    const { port } = await limited(3)
    const agent = source(port, { agent: true })
    const references = Array.from({ length: 12 }, (_, index) => secret(`s${index}`))
    const outcomes = await fetchAll(agent, references)
    expect(outcomes.map(({ ok }) => ok)).toEqual(Array(12).fill(true))
  })

  it('names max_conn and connections where that does not help', async () => {
    const { port } = await limited(0)
    const error = await failureOf(source(port, { agent: true }), secret('a'))
    expect(error.code).toBe('THROTTLED')
    expect(error.remedy).toMatch(/max_conn.*connections/)
    expect(error.remedy).not.toContain('maxAge')
  })
})

describe('not ready', () => {
  it.each([
    'not ready to serve traffic',
    'not ready to serve traffic, please wait.',
    'Not Ready To Serve Traffic, please wait',
    '{"message":"not ready to serve traffic, please wait"}',
    '  [AWS] the extension is NOT READY TO SERVE TRAFFIC!\n',
  ])('is what says so, in whatever words around it: %j', async (body) => {
    const { port, requests } = await serveInTurn([400, body], [400, body], recorded.secret)
    const { codes, onRetry } = heard()
    expect(await fetchOne(source(port), secret('a'), { onRetry })).toMatchObject({ ok: true })
    expect(codes).toEqual(['NOT_READY', 'NOT_READY'])
    expect(requests).toHaveLength(3)
  })
})

describe('a port that nobody has heard of yet', () => {
  it('is waited for: one that opens 1.5 s late serves the first read', async () => {
    const port = await freePort()
    const opening = new Promise((resolve) => setTimeout(resolve, 1_500)).then(() =>
      serve((_, response) => response.end(recorded.secret), port),
    )
    const outcome = await fetchOne(source(port), secret('a'), { signal: AbortSignal.timeout(2_000) })
    await opening
    expect(outcome).toMatchObject({ ok: true })
  })
})
