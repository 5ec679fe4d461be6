import { afterEach, describe, expect, it } from '@jest/globals'
import { createSecrets, firstOf } from '@secrets-cache/core'
import { createCache, memorySource } from '@secrets-cache/core/testing'
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
} from './helpers/index.ts'

describe('a parameter with a version or label', () => {
  const arn = 'arn:aws:ssm:eu-west-1:123456789012:parameter/flags/limit'
  const stored = (Value: string) =>
    JSON.stringify({ Parameter: { ARN: arn, Type: 'String', Value, Version: 1 } })

  it.each([
    ['/flags/limit:1', {}],
    ['/flags/limit:live', {}],
    [`${arn}:1`, {}],
    ['/flags/limit', { version: 1 }],
    ['/flags/limit', { label: 'live' }],
    ['/aws/reference/secretsmanager/db:AWSPREVIOUS', {}],
    ['/aws/reference/secretsmanager/db', { label: 'AWSPREVIOUS' }],
  ])('shares no ARN with the parameter itself: %s %j', async (id, selector) => {
    const { port } = await serveInTurn(stored('pinned'))
    expect(await fetchOne(source(port), parameter(id, selector))).toMatchObject({ ok: true, arn: undefined })
  })

  it('keeps its value when both are loaded again', async () => {
    let round = 0
    const { port } = await serve((request, response) => {
      const isPinned = request.url?.includes('%3A1') || request.url?.includes('version=1')
      response.end(stored(isPinned ? 'pinned' : `current ${round}`))
    })
    const flags = createSecrets({
      source: source(port),
      cache: createCache(),
      maxAge: 0,
      parameters: { limit: '/flags/limit', inName: '/flags/limit:1', inArn: `${arn}:1` },
    })
    for (round = 1; round < 4; round++) {
      const { parameters } = await flags.read()
      expect({ ...[parameters.limit, parameters.inName, parameters.inArn] }).toEqual({
        0: `current ${round}`,
        1: 'pinned',
        2: 'pinned',
      })
    }
  })

  it('is refused where both the name and an option say which', () => {
    const { refusal } = extension({ environment: {} })
    expect(refusal?.(parameter('/a:3', { version: 3 }))).toMatchObject({
      code: 'INVALID_REQUEST',
      id: '/a:3',
      source: 'extension',
      reason: 'the name already ends in a version or label',
    })
    expect(refusal?.(parameter('/aws/reference/secretsmanager/db'))).toMatchObject({
      code: 'INVALID_REQUEST',
    })
    expect(refusal?.(parameter('/a:3'))).toBeUndefined()
  })
})

describe('a secret without a value', () => {
  it.each([{ SecretString: null, SecretBinary: null }, {}])(
    'is not found, and says what to do: %j',
    async (fields) => {
      const created = {
        ARN: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf',
        Name: 'db',
        ...fields,
      }
      const { port } = await serveInTurn(JSON.stringify(created))
      expect(await failureOf(source(port), secret('db'))).toMatchObject({
        code: 'NOT_FOUND',
        id: 'db',
        source: 'extension',
        reason: 'the secret exists and has no value yet',
        remedy: expect.stringContaining('put-secret-value'),
      })
    },
  )
})

describe('the answer to a wrong token', () => {
  it('is about the token, which is read again', async () => {
    const tokens = ['old', 'new']
    const { port } = await serve((request, response) => {
      if (request.headers['x-aws-parameters-secrets-token'] === 'new') return response.end(recorded.secret)
      response.writeHead(401, { 'x-amzn-errortype': 'AccessDeniedException' })
      return response.end('bad session token or header key')
    })
    expect(await fetchOne(source(port, { token: () => tokens.shift() }), secret('a'))).toMatchObject({
      ok: true,
    })
  })
})

describe('an ARN of another Region', () => {
  const id = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf'

  it('is said to be that where the layer refuses it', async () => {
    const { port } = await serveInTurn(recorded.refused)
    const environment = { AWS_REGION: 'eu-west-1' }
    const error = await failureOf(source(port, { environment }), secret(id))
    expect(error).toMatchObject({ code: 'REFUSED', id, source: 'extension' })
    expect(error.reason).toBe('its ARN is of us-east-1, and extension asks in eu-west-1')
    expect(error.remedy).toMatch(/Use direct\(\) or sdk\(\).*GetSecretValue/)
  })

  it.each([{ AWS_REGION: 'us-east-1' }, {}])('is not made of it otherwise: %j', async (environment) => {
    const { port } = await serveInTurn(recorded.refused)
    expect((await failureOf(source(port, { environment }), secret(id))).reason).toBeUndefined()
    expect((await failureOf(source(port, { environment }), secret('prod/db'))).reason).toBeUndefined()
  })
})

describe('the port', () => {
  it('is named where nothing listens on it', async () => {
    const port = await freePort()
    for (const agent of [false, true]) {
      const controller = new AbortController()
      const onRetry = () => controller.abort()
      const { signal } = controller
      const error = await failureOf(source(port, { agent }), secret('a'), { signal, onRetry })
      expect(error.message).toContain(`: this was ${port}.`)
    }
  })

  it.each([
    ['something else than HTTP', 'SSH-2.0-x\r\n'],
    ['a body that is cut off', 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 9\r\n\r\n{'],
    ['no JSON', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx'],
    ['no value', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'],
    ['another status', 'HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n'],
    ['too much', 'HTTP/1.1 200 OK\r\ncontent-length: 9999999\r\n\r\n'],
  ])('is named where %s comes from it', async (_, bytes) => {
    const { port } = await serveRaw((socket) => socket.end(bytes))
    const error = await failureOf(source(port), secret('a'))
    expect(error.code).toMatch(/^(BAD_RESPONSE|TOO_LARGE)$/)
    expect(error.remedy).toBe(`Check what listens on port ${port}.`)
  })
})

describe('a hundred parameters', () => {
  const names = Array.from({ length: 100 }, (_, index) => parameter(`/p/${index}`))
  const waitingFor = async (count: number, environment: NodeJS.ProcessEnv) => {
    const { port } = await serve(() => {})
    const told: string[] = []
    const controller = new AbortController()
    const context = { signal: controller.signal, fresh: false, onRetry: () => {}, emit: () => {} }
    const onWait = (_: unknown, error: { remedy: string } | undefined) => told.push(String(error?.remedy))
    const outcomes = source(port, { environment }).fetch(names.slice(0, count), { ...context, onWait })
    controller.abort()
    await Promise.all(await outcomes)
    return told
  }

  it('are a hundred requests, which a reader is told whose time runs out', async () => {
    const told = await waitingFor(100, {})
    expect(told).toHaveLength(100)
    expect(told[0]).toMatch(
      /100 values are 100 requests, 10 at a time from here and 3 .*PARAMETERS_SECRETS_EXTENSION_MAX_CONNECTIONS/,
    )
    expect(told[0]).toMatch(/sdk\(\)/)
  })

  it('go through as many connections of the layer as its variable says', async () => {
    const [told] = await waitingFor(100, { PARAMETERS_SECRETS_EXTENSION_MAX_CONNECTIONS: '20' })
    expect(told).toContain('20 at a time from the layer')
  })

  it('are told of where they are so many', async () => {
    expect(await waitingFor(10, {})).toEqual([])
  })
})

describe('INIT', () => {
  const scope = globalThis as { awslambda?: unknown }
  afterEach(() => {
    delete scope.awslambda
  })
  const inLambda = { AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001', AWS_SESSION_TOKEN: 'token' }
  const store = (hasContext: boolean) => {
    scope.awslambda = { InvokeStore: { hasContext: () => hasContext } }
  }

  it('is said at once, and nothing is sent, where it is certain', async () => {
    const { port, requests } = await serveInTurn(recorded.secret)
    store(false)
    expect(await failureOf(extension({ port, environment: inLambda }), secret('a'))).toMatchObject({
      code: 'NOT_READY',
      id: 'a',
      source: 'extension',
      reason: 'the function is still being initialised, and nothing was sent',
      remedy: expect.stringMatching(/from the first invocation on.*inside the handler/),
    })
    expect(requests).toHaveLength(0)
  })

  it('goes on to a source that works there', async () => {
    store(false)
    const layer = extension({ port: await freePort(), environment: inLambda })
    const both = firstOf(layer, memorySource({ secrets: { a: 'value' } }))
    expect(await fetchAll(both, [secret('a')])).toMatchObject([{ ok: true, value: 'value' }])
  })

  it.each<[string, NodeJS.ProcessEnv, boolean | undefined]>([
    ['an invocation runs', inLambda, true],
    ['an invocation has set its trace id', { ...inLambda, _X_AMZN_TRACE_ID: 'Root=1' }, false],
    ['several invocations share the process', { ...inLambda, AWS_LAMBDA_MAX_CONCURRENCY: '10' }, false],
    ['the runtime has no store', inLambda, undefined],
    ['it is not Lambda', { AWS_SESSION_TOKEN: 'token' }, false],
  ])('is not assumed where %s', async (_, environment, hasContext) => {
    const { port } = await serveInTurn(recorded.secret)
    if (hasContext !== undefined) store(hasContext)
    expect(await fetchOne(extension({ port, environment }), secret('a'))).toMatchObject({ ok: true })
  })

  it('is never the reason of the agent', async () => {
    const { port } = await serveInTurn(recorded.secret)
    store(false)
    expect(
      await fetchOne(extension({ agent: true, port, environment: inLambda }), secret('a')),
    ).toMatchObject({
      ok: true,
    })
  })

  it('is a possible reason where the layer is not ready', async () => {
    const { port } = await serveInTurn(recorded.notReady)
    const controller = new AbortController()
    const error = await failureOf(source(port), secret('a'), {
      signal: controller.signal,
      onRetry: () => controller.abort(),
    })
    expect(error.remedy).toMatch(/not at the top level.*Else allow more time \(timeoutMilliseconds\)/)
  })
})
