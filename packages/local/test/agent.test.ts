import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { afterEach, describe, expect, it } from '@jest/globals'
import { type Local, type LocalOptions, startLocal } from '../src/index.ts'
import { ask } from './ask.ts'

const ROLE = /^invalid roleArn format, expected arn:<partition>:iam::<account>:role\/<name>$/

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
    expect((await get('/v1/prod%2Fx')).status).toBe(404)
    expect((await get('/secretsmanager/get?secretId=a%20b')).status).toBe(200)
    expect((await get('/v1/a%20b')).status).toBe(404)
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
    ['/v1/prod/x?roleArn=arn:aws:iam::123456789012:role/a/b', { 'X-Vault-Token': 't' }, 'GET', 200, /"text"/],
    ['/v1/prod/x?roleArn=role', { 'X-Vault-Token': 't' }, 'GET', 400, ROLE],
    ['/v1/prod/x?roleArn=arn:aws:iam::12:role/a', { 'X-Vault-Token': 't' }, 'GET', 400, ROLE],
    ['/secretsmanager/get?secretId=prod/x&roleArn=', { 'X-Vault-Token': 't' }, 'GET', 400, ROLE],
  ])('answers %s %j %s with %d', async (target, headers, method, status, text) => {
    await start()
    expect(await get(target, headers as Record<string, string>, method)).toMatchObject({
      status,
      text: expect.stringMatching(text),
    })
  })

  it('takes the token in the header of the layer too', async () => {
    await start()
    expect((await get('/v1/prod/x', { 'X-Aws-Parameters-Secrets-Token': 't' })).status).toBe(200)
  })

  it('names the reason of a failure', async () => {
    await start()
    expect((await get('/v1/none')).text).toBe(
      `{"__type":"ResourceNotFoundException","message":"Secrets Manager can't find the specified secret."}`,
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

  it.each([
    ['a secret', '/v1/none'],
    ['a stage', '/v1/prod/x?versionStage=NO'],
    ['a version', '/v1/prod/x?versionId=00000000-0000-4000-8000-000000000000'],
    ['a version of this stage', '/v1/prod/x?versionStage=AWSPREVIOUS&versionId=CURRENT'],
  ])('says with 404 that %s is missing, or with 400 when told to', async (_, target) => {
    for (const agentMissingStatus of [404, 400] as const) {
      await start(agentMissingStatus === 404 ? {} : { agentMissingStatus })
      const [current = ''] = local.account.secrets.get('prod/x').versions.keys()
      expect((await get(target.replace('CURRENT', current))).status).toBe(agentMissingStatus)
      if (agentMissingStatus === 404) await local.close()
    }
  })

  it('passes on the status of other failures, and its JSON is escaped', async () => {
    await start()
    local.account.scheduleDeletion('a b')
    expect(await get('/secretsmanager/get?secretId=a%20b')).toMatchObject({ status: 400 })
    local.faults.deny('prod/"x')
    local.account.putSecret('prod/"x', '1')
    const { status, text } = await get('/secretsmanager/get?secretId=prod%2F%22x')
    expect(status).toBe(400)
    expect(JSON.parse(text)).toMatchObject({ __type: 'AccessDeniedException' })
    local.faults.fail('ServiceUnavailableException', { times: 1 })
    expect(await get('/v1/prod/x')).toMatchObject({ status: 503 })
    local.faults.reset({ at: 'aws', times: 1 })
    expect(await get('/v1/prod/x')).toMatchObject({ status: 500, text: '{"__type":"InternalFailure"}' })
  })

  it.each(['fail', 'reset'] as const)(
    'gives an old value a full TTL more in an outage (%s), unless it must refresh',
    async (fault) => {
      await start({ agentTtl: 3 })
      await get('/v1/prod/x')
      local.rotate('prod/x', 'new')
      const outage =
        fault === 'fail' ? local.faults.fail('InternalServiceError') : local.faults.reset({ at: 'aws' })
      for (let turn = 0; turn < 3; turn++) {
        time += 3000
        expect(await get('/v1/prod/x')).toMatchObject({
          status: 200,
          text: expect.stringContaining('"text"'),
        })
      }
      expect((await get('/v1/prod/x?refreshNow=true')).status).toBe(500)
      outage.clear()
      // The outage is over, and the old value's new TTL is not.
      time += 2999
      expect((await get('/v1/prod/x')).text).toContain('"text"')
      time += 1
      expect((await get('/v1/prod/x')).text).toContain('"new"')
    },
  )

  it('keeps nothing with a TTL of 0, and up to an hour otherwise', async () => {
    await start({ agentTtl: 0 })
    await get('/v1/prod/x')
    await get('/v1/prod/x')
    expect(local.calls.aws).toMatchObject({ GetSecretValue: 1, DescribeSecret: 1 })
    await local.close()
    await start({ environment: { SECRETS_MANAGER_TTL: '3600' } })
    await get('/v1/prod/x')
    time += 3_599_999
    await get('/v1/prod/x')
    expect(local.calls.upstream).toBe(1)
  })

  it('answers 429 on a connection beyond its limit for as long as that lives', async () => {
    await start({ agentMaxConnections: 1 })
    const agents = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })] as const
    const status = async (agent: Agent, path = '/v1/prod/x') => {
      const outgoing = request(local.url + path, { agent, headers: { 'X-Vault-Token': 't' } }).end()
      const [incoming] = await once(outgoing, 'response')
      for await (const _ of incoming);
      return incoming.statusCode
    }
    const [first, second] = agents
    expect([await status(first), await status(second)]).toEqual([200, 429])
    expect(await status(second, '/ping')).toBe(200)
    const [socket] = Object.values(first.freeSockets).flat()
    first.destroy()
    if (socket && !socket.destroyed) await once(socket, 'close')
    // Counted when it was opened, not again.
    expect(await status(second)).toBe(429)
    second.destroy()
    while ((await get('/v1/prod/x')).status === 429);
  })

  it('ends a connection when its life is over', async () => {
    await start({ agentConnectionLifetime: 20 })
    local.faults.hang()
    await expect(get('/v1/prod/x')).rejects.toMatchObject({ code: 'ECONNRESET' })
  })
})
