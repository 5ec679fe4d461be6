import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { extension } from '../src/index.ts'
import { failureOf, fetchOne, recorded, secret, serve, serveInTurn, source } from './helpers/index.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-'))
  writeFileSync(join(folder, 'token'), 'token of the file\n')
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the token of the agent', () => {
  const file = () => `file://${join(folder, 'token')}`

  it.each<[string, () => NodeJS.ProcessEnv, string]>([
    ['AWS_TOKEN', () => ({ AWS_TOKEN: 'one', AWS_SESSION_TOKEN: 'two' }), 'one'],
    [
      'AWS_SESSION_TOKEN',
      () => ({ AWS_SESSION_TOKEN: 'two', AWS_CONTAINER_AUTHORIZATION_TOKEN: 'x' }),
      'two',
    ],
    ['AWS_CONTAINER_AUTHORIZATION_TOKEN', () => ({ AWS_CONTAINER_AUTHORIZATION_TOKEN: 'three' }), 'three'],
    ['a file', () => ({ AWS_TOKEN: file(), AWS_SESSION_TOKEN: 'two' }), 'token of the file'],
    ['a file in another variable', () => ({ AWS_SESSION_TOKEN: file() }), 'token of the file'],
  ])('is found where the agent looks for it: %s', async (_, environment, expected) => {
    const { port, requests } = await serveInTurn(recorded.secret)
    await fetchOne(extension({ agent: true, port, environment: environment() }), secret('a'))
    expect(requests[0]?.headers['x-aws-parameters-secrets-token']).toBe(expected)
  })

  it('is the session token for the layer, whatever AWS_TOKEN says', async () => {
    const { port, requests } = await serveInTurn(recorded.secret)
    const environment = { AWS_TOKEN: 'one', AWS_SESSION_TOKEN: 'two' }
    await fetchOne(extension({ port, environment }), secret('a'))
    expect(requests[0]?.headers['x-aws-parameters-secrets-token']).toBe('two')
  })

  it.each([
    ['there is none', {}, 'there is none, and nothing was sent', /AWS_TOKEN \(file:/],
    [
      'its file cannot be read',
      { AWS_TOKEN: 'file:///nowhere/at/all/CANARY' },
      'the file that AWS_TOKEN names cannot be read',
      /awssmatokenreader/,
    ],
  ])('is asked for in words about the agent where %s', async (_, environment, reason, remedy) => {
    const { port, requests } = await serveInTurn(recorded.secret)
    const error = await failureOf(extension({ agent: true, port, environment }), secret('a'))
    expect(error).toMatchObject({ code: 'TOKEN', reason, source: 'agent' })
    expect(error.remedy).toMatch(remedy)
    expect(error.message).not.toContain('CANARY')
    expect(requests).toHaveLength(0)
  })

  it('is asked for in words about the agent where it is not accepted', async () => {
    const { port } = await serveInTurn([403, 'Bad Token'])
    const error = await failureOf(source(port, { agent: true }), secret('a'))
    expect(error).toMatchObject({ code: 'TOKEN', reason: 'HTTP 403' })
    expect(error.remedy).toMatch(/started with.*AWS_TOKEN/)
  })
})

describe('the credentials of the agent', () => {
  it.each([
    [400, 'ExpiredTokenException'],
    [400, 'UnrecognizedClientException'],
    [403, 'InvalidSignatureException'],
  ])(
    'are named where AWS does not accept them, and the token is not read again: %d %s',
    async (status, type) => {
      const { port, requests } = await serveInTurn([
        status,
        `{"__type":"${type}","message":"the token CANARY"}`,
      ])
      const error = await failureOf(source(port, { agent: true }), secret('a'))
      expect(error.code).toBe('TOKEN')
      expect(error.remedy).toContain(`the agent's own credentials (${type})`)
      expect(error.message).not.toContain('CANARY')
      expect(requests).toHaveLength(1)
    },
  )
})

describe('what is known of the agent', () => {
  const reference = secret('a')

  it('is 300 s while all is well, and no bound in an outage', () => {
    const { cachedFor } = extension({ agent: true, environment: {} })
    expect([cachedFor?.(reference), cachedFor?.(reference, true)]).toEqual([300, Number.POSITIVE_INFINITY])
  })

  it('is what the options say of its configuration', () => {
    const ages = (agent: object) => {
      const { cachedFor } = extension({ agent, environment: {} })
      return [cachedFor?.(reference), cachedFor?.(reference, true)]
    }
    expect(ages({ ttl: 3_600 })).toEqual([3_600, Number.POSITIVE_INFINITY])
    expect(ages({ ttl: 0, ignoreTransientErrors: false })).toEqual([0, 0])
    expect(ages({ ignoreTransientErrors: false })).toEqual([300, 300])
  })

  it('bounds what the layer gives in an outage too', () => {
    const { cachedFor } = extension({ environment: { SECRETS_MANAGER_TTL: '20' } })
    expect([cachedFor?.(reference), cachedFor?.(reference, true)]).toEqual([20, 20])
  })

  it.each([
    [{ ttl: 3_601 }, 'extension(): agent: ttl is 3601. Give the ttl_seconds of the agent, from 0 to 3600.'],
    [{ ttl: -1 }, 'ttl is -1'],
    [{ ttl: '300' }, 'ttl is a string'],
    [{ ignoreTransientErrors: 1 }, 'ignoreTransientErrors is 1. Give true or false.'],
    [{ tll: 1 }, 'extension(): agent has no option "tll". Did you mean "ttl"?'],
  ])('is refused where it cannot be: %j', (agent, message) => {
    expect(() => extension({ agent: agent as object, environment: {} })).toThrow(message)
  })

  it('is an agent as true is', async () => {
    const { port, requests } = await serveInTurn(recorded.secret)
    const agent = source(port, { agent: { ttl: 10 } })
    expect(agent).toMatchObject({ name: 'agent', refreshable: true })
    await fetchOne(agent, reference, { fresh: true })
    expect(requests[0]?.url).toContain('refreshNow=true')
  })
})

describe('a reader whose time runs out', () => {
  it('is told that the agent asks AWS again by itself', async () => {
    const { port } = await serve(() => {})
    const told: unknown[] = []
    const controller = new AbortController()
    const context = { signal: controller.signal, fresh: false, onRetry: () => {}, emit: () => {} }
    const onWait = (_: unknown, error: unknown) => told.push(error)
    const outcomes = source(port, { agent: true }).fetch([secret('a')], { ...context, onWait })
    expect(told).toMatchObject([{ code: 'TIMEOUT', remedy: expect.stringMatching(/1 to 2\.2 s.*allow 4 s/) }])
    controller.abort()
    await Promise.all(await outcomes)
  })
})
