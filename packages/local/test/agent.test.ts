import { afterEach, describe, expect, it } from '@jest/globals'
import { type Local, type LocalOptions, startLocal } from '../src/index.ts'
import { ask } from './ask.ts'

describe('the agent', () => {
  let local: Local
  let time = 1_569_534_789_046

  const start = async (options: LocalOptions = {}) => {
    time = 1_569_534_789_046
    local = await startLocal({
      flavour: 'agent',
      token: 't',
      secrets: { 'prod/x': 'text', 'a b': '1', bytes: new Uint8Array([1]) },
      now: () => time,
      ...options,
    })
  }
  afterEach(() => local.close())

  const get = (target: string, headers: Record<string, string> = { 'X-Vault-Token': 't' }, method = 'GET') =>
    ask(local.url, target, { headers, method })

  it('answers without null members, with a date of seconds in a text and no Content-Type', async () => {
    await start()
    const { text, headers } = await get('/secretsmanager/get?secretId=prod%2Fx')
    const { arn, versions } = local.account.secrets.get('prod/x')
    expect(text).toBe(
      JSON.stringify({
        ARN: arn,
        Name: 'prod/x',
        VersionId: [...versions.keys()][0],
        SecretString: 'text',
        VersionStages: ['AWSCURRENT'],
        CreatedDate: '1569534789.046',
      }),
    )
    expect(headers['content-type']).toBeUndefined()
    expect(JSON.parse((await get('/v1/bytes')).text)).toMatchObject({ SecretBinary: 'AQ==' })
  })

  it('does not decode the id in a path', async () => {
    await start()
    expect((await get('/v1/prod/x')).status).toBe(200)
    expect((await get('/v1/prod%2Fx')).status).toBe(400)
    expect((await get('/secretsmanager/get?secretId=a%20b')).status).toBe(200)
    expect((await get('/v1/a%20b')).status).toBe(400)
  })

  it.each([
    ['/ping', {}, 'GET', 200, 'healthy'],
    ['/v1/prod/x', {}, 'GET', 403, 'Bad Token'],
    ['/v1/prod/x', { 'X-Vault-Token': 't', 'X-Forwarded-For': '10.0.0.1' }, 'GET', 400, 'Forwarded'],
    ['/v1/prod/x', { 'X-Vault-Token': 't' }, 'POST', 405, 'Not allowed'],
    ['/v2/x', { 'X-Vault-Token': 't' }, 'GET', 404, 'Not found'],
    ['/systemsmanager/parameters/get?name=x', { 'X-Vault-Token': 't' }, 'GET', 404, 'Not found'],
    ['/v1/prod/x?abc=1', { 'X-Vault-Token': 't' }, 'GET', 400, 'unknown parameter: abc'],
    ['/v1/', { 'X-Vault-Token': 't' }, 'GET', 400, 'missing secret ID'],
    ['/secretsmanager/get', { 'X-Vault-Token': 't' }, 'GET', 400, 'missing parameter secretId'],
    ['/v1/prod/x?refreshNow=yes', { 'X-Vault-Token': 't' }, 'GET', 400, 'invalid refreshNow value'],
  ])('answers %s %j %s with %d', async (target, headers, method, status, text) => {
    await start()
    expect(await get(target, headers as Record<string, string>, method)).toMatchObject({ status, text })
  })

  it('takes the token in the header of the layer too', async () => {
    await start()
    expect((await get('/v1/prod/x', { 'X-Aws-Parameters-Secrets-Token': 't' })).status).toBe(200)
  })

  it('names the reason of a failure', async () => {
    await start()
    expect((await get('/v1/none')).text).toBe(
      `{"__type":"ResourceNotFoundException", "message":"Secrets Manager can't find the specified secret."}`,
    )
    local.faults.fail('InternalFailure')
    expect(await get('/v1/none')).toMatchObject({ status: 500, text: '{"__type":"InternalFailure"}' })
  })

  it('serves from its cache until it is told to refresh', async () => {
    await start()
    await get('/v1/prod/x')
    local.rotate('prod/x', 'new')
    expect((await get('/v1/prod/x')).text).toContain('"text"')
    expect((await get('/v1/prod/x?refreshNow=true')).text).toContain('"new"')
    expect((await get('/v1/prod/x')).text).toContain('"new"')
    expect(local.calls.aws.GetSecretValue).toBe(2)
  })

  it('asks for an expired value only if its version has changed', async () => {
    await start({ environment: { SECRETS_MANAGER_TTL: '1' } })
    await get('/v1/prod/x')
    time += 1000
    await get('/v1/prod/x')
    expect(local.calls.aws).toMatchObject({ GetSecretValue: 1, DescribeSecret: 1 })
    local.rotate('prod/x', 'new')
    time += 1000
    expect((await get('/v1/prod/x')).text).toContain('"new"')
    expect(local.calls.aws).toMatchObject({ GetSecretValue: 2, DescribeSecret: 2 })
  })

  it('ends a connection when its life is over', async () => {
    await start({ agentConnectionLifetime: 20 })
    local.faults.hang()
    await expect(get('/v1/prod/x')).rejects.toMatchObject({ code: 'ECONNRESET' })
  })
})
