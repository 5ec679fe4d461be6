import { describe, expect, it } from '@jest/globals'
import { sdk } from '../src/index.ts'
import { sdk as staticSdk } from '../src/static.ts'
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
