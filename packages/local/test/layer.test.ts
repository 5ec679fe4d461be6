import { afterEach, describe, expect, it } from '@jest/globals'
import { type Local, type LocalOptions, startLocal } from '../src/index.ts'
import { ask, askLayer } from './ask.ts'

const RECORDED = Date.parse('2022-11-16T08:22:40.499Z')

let local: Local

const start = async (options: LocalOptions = {}) => {
  local = await startLocal(options)
  return local
}

afterEach(() => local.close())

describe('the layer', () => {
  it('answers a secret with every member of the recorded body, absent ones null', async () => {
    const { url, account } = await start({ secrets: { 'dummy-string-secret': 'text' }, now: () => RECORDED })
    const { status, text } = await askLayer(url, '/secretsmanager/get?secretId=dummy-string-secret')
    const [versionId] = account.secrets.get('dummy-string-secret').versions.keys()
    expect(status).toBe(200)
    expect(text).toBe(
      JSON.stringify({
        ARN: account.secrets.get('dummy-string-secret').arn,
        CreatedDate: '2022-11-16T08:22:40.499Z',
        Name: 'dummy-string-secret',
        SecretBinary: null,
        SecretString: 'text',
        VersionId: versionId,
        VersionStages: ['AWSCURRENT'],
        ResultMetadata: {},
      }),
    )
  })

  it('counts requests to itself apart from its own calls to AWS', async () => {
    const { url, calls } = await start({ secrets: { a: '1' } })
    await askLayer(url, '/secretsmanager/get?secretId=a')
    await askLayer(url, '/secretsmanager/get?secretId=a')
    expect(calls.layer.secretsmanager).toBe(2)
    expect(calls.aws.GetSecretValue).toBe(1)
  })

  it('turns away a missing token and still counts the request', async () => {
    const { url, calls } = await start({ secrets: { a: '1' } })
    expect((await ask(url, '/secretsmanager/get?secretId=a')).status).toBe(401)
    expect(calls.layer.secretsmanager).toBe(1)
    expect(calls.upstream).toBe(0)
  })

  it('serves a rotated secret once its TTL is over', async () => {
    let time = RECORDED
    const { url, rotate } = await start({
      secrets: { a: 'old' },
      environment: { SECRETS_MANAGER_TTL: '1' },
      now: () => time,
    })
    const value = async () =>
      JSON.parse((await askLayer(url, '/secretsmanager/get?secretId=a')).text).SecretString
    expect(await value()).toBe('old')
    rotate('a', 'new')
    time += 999
    expect(await value()).toBe('old')
    time += 1
    expect(await value()).toBe('new')
  })
})
