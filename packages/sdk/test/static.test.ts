import { describe, expect, it } from '@jest/globals'
import { createSecrets, text } from '@secrets-cache/core'
import { sdk } from '../src/index.ts'
import { sdk as staticSdk } from '../src/static.ts'
import { sdk as parametersOnly } from '../src/static-parameter-store.ts'
import { sdk as secretsOnly } from '../src/static-secrets-manager.ts'
import { parameter, read, secret, startAccount, tree, useEndpoint } from './account.ts'

describe('sdk of /static', () => {
  it('answers as the other one does', async () => {
    await using local = await startAccount({
      secrets: { a: '1', b: '2' },
      parameters: { '/a': '3', '/b/c': '4' },
    })
    const region = 'test-static'
    local.faults.deny('ssm:GetParameters')
    expect(
      await read(staticSdk({ region }), [secret('a'), secret('b'), parameter('/a'), tree('/b')]),
    ).toEqual(['1', '2', '3', { c: '4' }])
    expect(await read(staticSdk({ region }), [secret('a', { stage: 'AWSCURRENT' })])).toEqual(['1'])
    expect(local.calls.aws).toMatchObject({
      BatchGetSecretValue: 1,
      GetSecretValue: 1,
      GetParameters: 1,
      GetParameter: 1,
      GetParametersByPath: 1,
    })
  })

  it('asks the same: a cache shares the values of both', () => {
    useEndpoint('http://one:1')
    expect(staticSdk().identity).toBe(sdk().identity)
  })

  it('refuses the same', () => {
    expect(() => staticSdk({ regoin: 'eu-west-1' } as object)).toThrow('Did you mean "region"?')
  })
})

describe('sdk of /static/secrets-manager and of /static/parameter-store', () => {
  it('answer as the other one does, each for its service', async () => {
    await using local = await startAccount({
      secrets: { a: '1', b: '2' },
      parameters: { '/a': '3', '/b/c': '4' },
    })
    expect(await read(secretsOnly({ region: 'test-one' }), [secret('a'), secret('b')])).toEqual(['1', '2'])
    expect(await read(parametersOnly({ region: 'test-one' }), [parameter('/a'), tree('/b')])).toEqual([
      '3',
      { c: '4' },
    ])
    expect(local.calls.aws).toMatchObject({
      BatchGetSecretValue: 1,
      GetParameters: 1,
      GetParametersByPath: 1,
    })
  })

  it('ask the same: a cache shares the values of all', () => {
    useEndpoint('http://one:1')
    expect([secretsOnly().identity, parametersOnly().identity]).toEqual([sdk().identity, sdk().identity])
  })

  it('refuse what is of the other service where it is declared, and where it is fetched all the same', async () => {
    const onlySecrets = 'sdk() of /static/secrets-manager asks Secrets Manager only'
    const make = () => createSecrets({ source: secretsOnly(), parameters: { p: '/p' } })
    expect(make).toThrow(
      `${onlySecrets}, from sdk. Import sdk from @secrets-cache/sdk/static, which asks both.`,
    )
    expect(() => createSecrets({ source: parametersOnly(), secrets: { s: 's' } })).toThrow(
      'sdk() of /static/parameter-store asks Parameter Store only',
    )
    await using local = await startAccount({ secrets: { a: '1' }, parameters: { '/a': '3' } })
    const unsupported = { code: 'UNSUPPORTED' }
    expect(await read(secretsOnly(), [secret('a'), parameter('/a'), tree('/b')])).toEqual([
      '1',
      unsupported,
      unsupported,
    ])
    expect(await read(parametersOnly(), [secret('a'), parameter('/a')])).toEqual([unsupported, '3'])
    // What one entry leaves out is no obstacle to another one in the same process.
    expect(await read(staticSdk(), [secret('a'), parameter('/a')])).toEqual(['1', '3'])
    expect(local.calls.upstream).toBe(4)
  })

  it('still refuse a parameter that AWS can never answer', () => {
    const parameters = { p: text('/aws/reference/secretsmanager/a', { decrypt: false }) }
    expect(() => createSecrets({ source: parametersOnly(), parameters })).toThrow('Leave out decrypt: false.')
  })

  it('take no client of the other service', () => {
    const client = { ssm: { send() {}, config: { serviceId: 'SSM' } } }
    expect(() => secretsOnly(client as object)).toThrow('sdk() has no option "ssm"')
    expect(() => parametersOnly(client as object)).not.toThrow()
    expect(() => parametersOnly({ secretsManager: {} } as object)).toThrow(
      'sdk() has no option "secretsManager"',
    )
  })
})
