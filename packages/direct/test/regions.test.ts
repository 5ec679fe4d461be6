import { afterEach, describe, expect, it } from '@jest/globals'
import { direct } from '../src/index.ts'
import { parameter, read, secret } from './account.ts'
import { startAws } from './aws.ts'
import { closeStarted } from './close-started.ts'

afterEach(closeStarted)

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
    const aws = await startRegions()
    const ids = ['db', secretIn('eu-west-1'), secretIn('us-east-1'), secretIn('us-gov-west-1')]
    const references = [...ids.map((id) => secret(id)), parameter(parameterIn('ap-southeast-2'))]
    expect(await read(direct(), references)).toEqual([
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

  it('is asked for there also where the option says another Region, or there is none', async () => {
    await startRegions()
    const references = [secret('db'), secret(secretIn('eu-central-1'))]
    expect(await read(direct({ region: 'us-west-2' }), references)).toEqual(['us-west-2', 'eu-central-1'])
    delete process.env['AWS_REGION']
    expect(await read(direct(), references)).toEqual([{ code: 'CONFIGURATION' }, 'eu-central-1'])
  })

  it.each([
    'arn:aws:secretsmanager:evil.example/:123456789012:secret:db',
    'arn:aws:secretsmanager::1:secret:x',
  ])('whose Region is none is asked for in the own one: %s', async (id) => {
    await startRegions()
    expect(await read(direct(), [secret(id)])).toEqual(['eu-west-1'])
  })

  it('is asked for in the own Region where that is an emulator’s', async () => {
    await startRegions()
    expect(await read(direct({ region: 'local' }), [secret(secretIn('us-east-1'))])).toEqual(['local'])
  })
})
