import { describe, expect, it } from '@jest/globals'
import { extension } from '../src/index.ts'
import {
  failureOf,
  fetchAll,
  fetchOne,
  parameter,
  recorded,
  secret,
  serve,
  serveInTurn,
  source,
  token,
} from './helpers/index.ts'

const echoing = () =>
  serve((request, response) => response.end(JSON.stringify({ SecretString: request.url })))

describe('a request', () => {
  it.each([
    [secret('prod/db'), '/secretsmanager/get?secretId=prod%2Fdb'],
    [secret('a', { stage: 'AWSPENDING' }), '/secretsmanager/get?secretId=a&versionStage=AWSPENDING'],
    [
      secret('a', { versionId: 'b1c3', stage: 'AWSCURRENT' }),
      '/secretsmanager/get?secretId=a&versionId=b1c3&versionStage=AWSCURRENT',
    ],
    [parameter('/a/b'), '/systemsmanager/parameters/get?name=%2Fa%2Fb'],
    [parameter('/a', { decrypt: true }), '/systemsmanager/parameters/get?name=%2Fa&withDecryption=true'],
    [parameter('/a', { version: 3 }), '/systemsmanager/parameters/get?name=%2Fa&version=3'],
    [parameter('/a', { label: 'blue green' }), '/systemsmanager/parameters/get?name=%2Fa&label=blue%20green'],
    [
      parameter('/a', { version: 3, label: 'Dev' }),
      '/systemsmanager/parameters/get?name=%2Fa&version=3&label=Dev',
    ],
  ])('asks for %j by the documented parameters', async (reference, url) => {
    const { port, requests } = await serveInTurn(recorded.secret)
    await fetchOne(source(port), reference)
    expect(requests.map((request) => [request.method, request.url])).toEqual([['GET', url]])
  })

  it.each([
    'a b&c=d?e#f%2e%00+g',
    '../../v1/other',
    'line\r\nX-Evil: 1',
    'nul\0byte',
    'ümläut-日本-🔑',
    'arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-AbCdEf',
    "it's!(*)~",
    '__proto__',
  ])('delivers the name %j verbatim, as one value', async (id) => {
    const { port, requests } = await serveInTurn(recorded.secret)
    await fetchAll(source(port), [secret(id, { stage: id }), parameter(id, { label: id })])
    const queries = requests.map(({ url }) => [...new URL(url ?? '', 'http://host').searchParams]).sort()
    expect(queries).toEqual([
      [
        ['name', id],
        ['label', id],
      ],
      [
        ['secretId', id],
        ['versionStage', id],
      ],
    ])
    expect(requests.map(({ headers }) => headers['x-evil'])).toEqual([undefined, undefined])
  })

  it('refuses a name that is no Unicode before anything is sent', async () => {
    const { port, requests } = await echoing()
    expect(await failureOf(source(port), secret('a\ud800'))).toMatchObject({
      code: 'INVALID_REQUEST',
      id: 'a\ud800',
      reason: 'its name is not well-formed Unicode',
    })
    expect(requests).toHaveLength(0)
  })

  it('carries the token, and nothing that would make the agent refuse it', async () => {
    const { port, requests } = await echoing()
    await fetchOne(source(port), secret('a'))
    expect(requests[0]?.headers).toEqual({
      host: `127.0.0.1:${port}`,
      connection: 'keep-alive',
      'x-aws-parameters-secrets-token': token,
    })
  })

  it('asks the agent to refresh only when a fresh value is wanted', async () => {
    const { port, requests } = await serveInTurn(recorded.secret)
    const agent = source(port, { agent: true })
    await fetchOne(agent, secret('a'), { fresh: false })
    await fetchOne(agent, secret('a'), { fresh: true })
    await fetchOne(source(port), secret('a'), { fresh: true })
    expect(requests.map(({ url }) => url)).toEqual([
      '/secretsmanager/get?secretId=a',
      '/secretsmanager/get?secretId=a&refreshNow=true',
      '/secretsmanager/get?secretId=a',
    ])
  })
})

describe('the token', () => {
  const withVariables = (port: number, environment: NodeJS.ProcessEnv) => extension({ port, environment })

  it('is AWS_SESSION_TOKEN, else AWS_CONTAINER_AUTHORIZATION_TOKEN, read for each request', async () => {
    const { port, requests } = await serveInTurn(recorded.secret)
    const variables: NodeJS.ProcessEnv = { AWS_CONTAINER_AUTHORIZATION_TOKEN: 'Basic container' }
    const layer = withVariables(port, variables)
    await fetchOne(layer, secret('a'))
    variables['AWS_SESSION_TOKEN'] = 'session one'
    await fetchOne(layer, secret('a'))
    variables['AWS_SESSION_TOKEN'] = 'session-two'
    await fetchOne(layer, secret('a'))
    expect(requests.map(({ headers }) => headers['x-aws-parameters-secrets-token'])).toEqual([
      'Basic container',
      'session one',
      'session-two',
    ])
  })

  it.each([
    ['none', {}],
    ['an empty one', { AWS_SESSION_TOKEN: '', AWS_CONTAINER_AUTHORIZATION_TOKEN: '' }],
  ])('is missed before anything is sent: %s', async (_, environment) => {
    const { port, requests } = await echoing()
    const error = await failureOf(withVariables(port, environment), secret('prod/db'))
    expect(error).toMatchObject({
      code: 'TOKEN',
      id: 'prod/db',
      source: 'extension',
      reason: 'there is none, and nothing was sent',
    })
    expect(error.message).toContain('AWS_SESSION_TOKEN')
    expect(requests).toHaveLength(0)
  })

  it.each([
    'canary\r\nX-Evil: 1',
    'canary\n',
    'canary\0',
    'canary\u00e9',
    ' canary',
    'canary\t',
    'canary\u{1f511}',
  ])('is not sent when it cannot be a header: %j', async (bad) => {
    const { port, requests } = await echoing()
    const error = await failureOf(source(port, { token: () => bad }), secret('a'))
    expect(error).toMatchObject({ code: 'TOKEN', reason: 'it has characters that no header may have' })
    expect(JSON.stringify({ ...error, message: error.message })).not.toContain('canary')
    expect(requests).toHaveLength(0)
  })

  it.each<[() => string | undefined, object]>([
    [() => undefined, { reason: 'there is none, and nothing was sent' }],
    [() => 42 as unknown as string, { reason: 'token() gave no string' }],
    [
      () => {
        throw new Error('canary')
      },
      { reason: 'token() threw', remedy: 'See why the function given as token throws.' },
    ],
  ])('is missed when its function has none: %s', async (given, told) => {
    const { port, requests } = await echoing()
    const error = await failureOf(source(port, { token: given }), secret('a'))
    expect(error).toMatchObject({ code: 'TOKEN', ...told })
    expect(error.message).not.toContain('canary')
    expect(error.cause).toBeUndefined()
    expect(requests).toHaveLength(0)
  })

  it.each([
    [401, ''],
    [403, 'Bad Token'],
    [400, 'invalid token in header'],
  ])('is read again and tried once more when it is not accepted: %d %j', async (status, body) => {
    const { port, requests } = await serve((request, response) => {
      const isAccepted = request.headers['x-aws-parameters-secrets-token'] === 'new'
      if (isAccepted) response.end(recorded.secret)
      else response.writeHead(status).end(body)
    })
    const tokens = ['old', 'new']
    const seen: string[] = []
    const layer = source(port, { token: () => tokens.shift() })
    const outcome = await fetchOne(layer, secret('a'), { onRetry: (_, error) => seen.push(error.code) })
    expect(outcome.ok).toBe(true)
    expect(requests).toHaveLength(2)
    expect(seen).toEqual(['TOKEN'])
  })

  it('is given up when it is not accepted twice', async () => {
    const { port, requests } = await serveInTurn([403, 'Bad Token canary'])
    const error = await failureOf(source(port), secret('a'))
    expect(error).toMatchObject({ code: 'TOKEN', reason: 'HTTP 403' })
    expect(error.message).not.toContain('canary')
    expect(requests).toHaveLength(2)
  })
})
