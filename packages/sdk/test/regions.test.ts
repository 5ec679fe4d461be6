import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { describe, expect, it } from '@jest/globals'
import { sdk } from '../src/index.ts'
import { ask, parameter, read, secret } from './account.ts'
import { Exception, startAws } from './aws.ts'

const secretIn = (region: string) => `arn:aws:secretsmanager:${region}:123456789012:secret:db-AbCdEf`
const parameterIn = (region: string) => `arn:aws:ssm:${region}:123456789012:parameter/a`

/** Answers with the Region that a request was signed for. */
const startRegions = () =>
  startAws(({ operation, input }, _response, { headers }) => {
    const region = headers.authorization?.split('/')[2]
    const stored = (id: unknown) => ({ ARN: id, Name: id, SecretString: `${region}`, VersionId: 'v1' })
    if (operation === 'BatchGetSecretValue')
      return { SecretValues: (input['SecretIdList'] as string[]).map(stored) }
    if (operation === 'GetSecretValue') return stored(input['SecretId'])
    return { Parameters: (input['Names'] as string[]).map((ARN) => ({ ARN, Value: region, Version: 1 })) }
  })

describe('an ARN', () => {
  it('is asked for in the Region that it names, together with what else is there', async () => {
    await using aws = await startRegions()
    const ids = ['db', secretIn('eu-west-1'), secretIn('us-east-1'), secretIn('us-gov-west-1')]
    const references = [...ids.map((id) => secret(id)), parameter(parameterIn('ap-southeast-2'))]
    expect(await read(sdk(), references)).toEqual([
      'eu-west-1',
      'eu-west-1',
      'us-east-1',
      'us-gov-west-1',
      'ap-southeast-2',
    ])
    // The name and the ARN of the own Region go in one batch.
    expect(aws.operations().sort()).toEqual([
      'BatchGetSecretValue',
      'GetParameters',
      'GetSecretValue',
      'GetSecretValue',
    ])
  })

  it('is asked for there also where the option says another Region', async () => {
    await using _aws = await startRegions()
    const references = [secret('db'), secret(secretIn('eu-central-1'))]
    expect(await read(sdk({ region: 'us-west-2' }), references)).toEqual(['us-west-2', 'eu-central-1'])
  })

  it.each([
    'arn:aws:secretsmanager:evil.example/:123456789012:secret:db',
    'arn:aws:secretsmanager::1:secret:x',
  ])('whose Region is none is asked for in the own one: %s', async (id) => {
    await using _aws = await startRegions()
    expect(await read(sdk(), [secret(id)])).toEqual(['eu-west-1'])
  })

  it('is said to be of another Region where the client that was passed in does not find it', async () => {
    await using _aws = await startAws(() => new Exception('ResourceNotFoundException'))
    const client = new SecretsManagerClient({ region: 'eu-west-1' })
    const source = sdk({ secretsManager: client })
    const [other, own] = await ask(source, [secret(secretIn('us-east-1')), secret(secretIn('eu-west-1'))])
    expect(other).toMatchObject({
      error: {
        code: 'NOT_FOUND',
        id: secretIn('us-east-1'),
        source: 'sdk',
        reason: expect.stringContaining(
          'its ARN is of us-east-1, and the client that was passed in asks in eu-west-1',
        ),
        remedy: expect.stringContaining('Pass in a client for us-east-1'),
      },
    })
    expect(own).toMatchObject({ error: { code: 'NOT_FOUND', reason: expect.not.stringContaining('Region') } })
  })

  it('is served by a client that was passed in and finds it', async () => {
    await using _aws = await startRegions()
    const secretsManager = new SecretsManagerClient({ region: 'eu-west-1' })
    expect(await read(sdk({ secretsManager }), [secret(secretIn('us-east-1'))])).toEqual(['eu-west-1'])
  })

  it('does not depend on a client that says nothing of its Region, or fails to', async () => {
    const send = () => Promise.reject(Object.assign(new Error('x'), { name: 'ResourceNotFoundException' }))
    const broken = () => Promise.reject(new Error('no Region'))
    for (const config of [{}, { region: broken }, { region: 7 }]) {
      const secretsManager = { config: config as object, send }
      const [outcome] = await ask(sdk({ secretsManager }), [secret(secretIn('us-east-1'))])
      expect(outcome).toMatchObject({ error: { code: 'NOT_FOUND', reason: 'ResourceNotFoundException' } })
    }
  })
})
