import { describe, expect, it } from '@jest/globals'
import { describeCall, LocalError, startLocal } from '../src/index.ts'
import { ask, askLayer } from './ask.ts'

describe('startLocal', () => {
  it('gives the variables a function needs', async () => {
    await using local = await startLocal({ region: 'us-east-1', environment: { SECRETS_MANAGER_TTL: '5' } })
    expect(local.environment).toEqual({
      PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(local.port),
      AWS_SESSION_TOKEN: 'local-session-token',
      AWS_ENDPOINT_URL: local.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: expect.any(String),
      AWS_SECRET_ACCESS_KEY: expect.any(String),
      SECRETS_MANAGER_TTL: '5',
    })
  })

  it('stores an object as its JSON text and an array as a StringList', async () => {
    await using local = await startLocal({ secrets: { a: { user: 'x' } }, parameters: { '/b': ['1', '2'] } })
    const { text } = await askLayer(local.url, '/secretsmanager/get?secretId=a')
    expect(JSON.parse(text).SecretString).toBe('{"user":"x"}')
    local.rotate('/b', '3')
    expect(local.account.parameters.get('/b').versions).toMatchObject([
      { type: 'StringList', value: '1,2' },
      { type: 'StringList', value: '3' },
    ])
  })

  it('puts everything back at a reset', async () => {
    await using local = await startLocal({ secrets: { a: 'one' } })
    const value = async () =>
      JSON.parse((await askLayer(local.url, '/secretsmanager/get?secretId=a')).text).SecretString
    await value()
    local.rotate('a', 'two')
    local.account.putSecret('b', 'x')
    local.faults.hang()
    await local.reset()
    expect(local.calls).toMatchObject({ total: 0, upstream: 0, list: [], layer: { secretsmanager: 0 } })
    expect(await value()).toBe('one')
    expect(local.account.secrets.find('b')).toBeUndefined()
  })

  it('tells a secret from a parameter of the same name', async () => {
    await using local = await startLocal({ secrets: { a: '1' }, parameters: { a: '2' } })
    expect(() => local.rotate('a', '3')).toThrow('"a" is a secret and a parameter; say which')
    expect(local.rotate('a', '3', { kind: 'parameter' })).toMatchObject({ kind: 'parameter', version: '2' })
    local.account.delete('a', { kind: 'secret' })
    expect(local.rotate('a', '4').version).toBe('3')
  })

  it('keeps a readable list of what was asked', async () => {
    const heard: string[] = []
    await using local = await startLocal({
      secrets: { a: '1' },
      onCall: (call) => heard.push(describeCall(call)),
    })
    await askLayer(local.url, '/secretsmanager/get?secretId=a')
    await askLayer(local.url, '/secretsmanager/get?secretId=x%0Ay')
    expect(local.calls.list.map(describeCall)).toEqual([
      'aws (layer) GetSecretValue a 200',
      'layer secretsmanager a 200',
      'aws (layer) GetSecretValue "x\\ny" ResourceNotFoundException',
      'layer secretsmanager "x\\ny" 400',
    ])
    expect(heard).toHaveLength(4)
  })

  it('can be closed twice, and frees its port', async () => {
    const local = await startLocal()
    await Promise.all([local.close(), local.close()])
    await local.closed
    await using again = await startLocal({ port: local.port })
    expect(again.port).toBe(local.port)
  })

  it('speaks AWS JSON on the same port', async () => {
    await using local = await startLocal()
    const post = (target: string, body: string) =>
      ask(local.url, '/', { method: 'POST', headers: { 'x-amz-target': target }, body })
    expect(await post('secretsmanager.GetSecretValue', '{"SecretId":"x"}')).toMatchObject({
      status: 400,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amzn-errortype': 'ResourceNotFoundException',
      },
      text: '{"__type":"ResourceNotFoundException","message":"Secrets Manager can\'t find the specified secret."}',
    })
    expect((await post('AmazonSSM.GetParameter', '{"Name":"x"}')).text).toBe('{"__type":"ParameterNotFound"}')
    expect((await post('AmazonSSM.GetSecretValue', '{}')).text).toContain('UnknownOperationException')
    expect((await post('secretsmanager.GetSecretValue', '{')).text).toContain('SerializationException')
    expect((await post('secretsmanager.GetSecretValue', '{"SecretId":1}')).text).toContain(
      'ValidationException',
    )
  })

  it.each([
    [{ portt: 1 }, 'INVALID_OPTION', 'unknown option "portt". Did you mean "port"?'],
    [{ port: 70_000 }, 'INVALID_OPTION', 'port is 70000; it is a whole number from 0'],
    [{ flavour: 'agnet' }, 'INVALID_OPTION', 'Did you mean "agent"?'],
    [{ accountId: '12' }, 'INVALID_OPTION', 'it has twelve digits'],
    [{ region: 'Europe' }, 'INVALID_OPTION', 'it looks like eu-west-1'],
    [{ token: '' }, 'INVALID_OPTION', 'token must be text'],
    [
      { flavour: 'agent', agentTtl: 3601 },
      'INVALID_OPTION',
      'agentTtl is 3601; it is a whole number from 0 to 3600',
    ],
    [{ flavour: 'agent', agentMaxConnections: 0 }, 'INVALID_OPTION', 'it is a whole number from 1 to 1000'],
    [{ agentMissingStatus: 403 }, 'INVALID_OPTION', 'it is 400 or 404'],
    [{ environment: { SECRETS_MANAGER_TT: '1' } }, 'INVALID_OPTION', 'Did you mean "SECRETS_MANAGER_TTL"?'],
    [
      { environment: { SECRETS_MANAGER_TTL: '-1' } },
      'INVALID_OPTION',
      'SECRETS_MANAGER_TTL is "-1"; it must be',
    ],
    [
      { environment: { PARAMETERS_SECRETS_EXTENSION_LOG_LEVEL: 'LOUD' } },
      'INVALID_OPTION',
      'it must be DEBUG, INFO, WARN, ERROR or NONE.',
    ],
    [{ secrets: { a: 1 } }, 'INVALID_VALUE', 'The secret "a" is of type number'],
    [{ secrets: { a: 'x'.repeat(65_537) } }, 'INVALID_VALUE', 'has 65537 bytes; AWS takes at most 65536'],
    [{ parameters: { a: '' } }, 'INVALID_VALUE', 'Parameter Store takes no empty value'],
    [{ parameters: { a: ['x,y'] } }, 'INVALID_VALUE', 'a comma, which a StringList cannot hold'],
    [
      { parameters: { a: { b: 1 } } },
      'INVALID_VALUE',
      'give a string, an array of strings or { type, value }',
    ],
    [
      { parameters: { a: { type: 'securestring', value: 'x' } } },
      'INVALID_VALUE',
      'Did you mean "SecureString"?',
    ],
    [{ parameters: { a: 'x'.repeat(8193) } }, 'INVALID_VALUE', 'Advanced parameters take at most 8192'],
  ])('refuses what is no good: case %#', async (options, code, message) => {
    const refused = startLocal(options as object)
    await expect(refused).rejects.toBeInstanceOf(LocalError)
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringContaining(message) })
  })
})
