import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Local, startLocal } from '../src/index.ts'

const FOREIGN = 'arn:aws:secretsmanager:eu-west-1:999999999999:secret:shared-AbCdEf'

describe('Secrets Manager, asked by the AWS SDK', () => {
  let local: Local
  let client: SecretsManagerClient

  beforeEach(async () => {
    local = await startLocal({
      secrets: {
        'prod/db': { user: 'app' },
        'prod/cert': new Uint8Array([0, 255]),
        [FOREIGN]: 'shared',
      },
      now: () => 1_668_586_960_499,
    })
    client = new SecretsManagerClient({
      endpoint: local.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1,
    })
  })
  afterEach(async () => {
    client.destroy()
    await local.close()
  })

  const get = (SecretId: string, more: { VersionId?: string; VersionStage?: string } = {}) =>
    client.send(new GetSecretValueCommand({ SecretId, ...more }))

  it('answers text, bytes and dates', async () => {
    expect(await get('prod/db')).toMatchObject({
      Name: 'prod/db',
      SecretString: '{"user":"app"}',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: new Date(1_668_586_960_499),
    })
    expect((await get('prod/cert')).SecretBinary).toEqual(new Uint8Array([0, 255]))
    expect(local.calls.aws.GetSecretValue).toBe(2)
    expect(local.calls.total).toBe(2)
  })

  it('knows a secret by its ARN and by its ARN without the six characters', async () => {
    const { arn } = local.account.secrets.get('prod/db')
    expect((await get(arn)).Name).toBe('prod/db')
    expect((await get(arn.slice(0, -7))).Name).toBe('prod/db')
  })

  it('knows a secret of another account by its ARN alone', async () => {
    expect((await get(FOREIGN)).SecretString).toBe('shared')
    await expect(get('shared')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await expect(get(`${FOREIGN}x`)).rejects.toMatchObject({ name: 'AccessDeniedException' })
  })

  it('takes a partial ARN that ends like the six characters for a complete one', async () => {
    const { arn } = local.account.putSecret('key-abcdef', 'x')
    await expect(get(arn.slice(0, -7))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  it('moves AWSCURRENT and AWSPREVIOUS at a rotation', async () => {
    const { version } = local.rotate('prod/db', 'new')
    expect(await get('prod/db')).toMatchObject({ SecretString: 'new', VersionId: version })
    expect((await get('prod/db', { VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('{"user":"app"}')
    await expect(get('prod/db', { VersionId: version, VersionStage: 'AWSPREVIOUS' })).rejects.toMatchObject({
      name: 'InvalidRequestException',
    })
    await expect(get('prod/db', { VersionStage: 'NONE' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  it('rotates in the steps of a rotation function', async () => {
    const put = await client.send(
      new PutSecretValueCommand({ SecretId: 'prod/db', SecretString: 'next', VersionStages: ['AWSPENDING'] }),
    )
    expect((await get('prod/db')).SecretString).toBe('{"user":"app"}')
    const current = (await get('prod/db')).VersionId
    await client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: 'prod/db',
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: put.VersionId,
        RemoveFromVersionId: current,
      }),
    )
    expect((await get('prod/db')).SecretString).toBe('next')
    const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: 'prod/db' }))
    expect(VersionIdsToStages).toEqual({
      [String(current)]: ['AWSPREVIOUS'],
      [String(put.VersionId)]: ['AWSPENDING', 'AWSCURRENT'],
    })
  })

  it('creates, deletes and restores', async () => {
    const created = await client.send(new CreateSecretCommand({ Name: 'new', SecretString: 'x' }))
    expect((await get('new')).VersionId).toBe(created.VersionId)
    await expect(client.send(new CreateSecretCommand({ Name: 'new' }))).rejects.toMatchObject({
      name: 'ResourceExistsException',
    })
    await client.send(new DeleteSecretCommand({ SecretId: 'new' }))
    await expect(get('new')).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining('marked for deletion'),
    })
    await client.send(new RestoreSecretCommand({ SecretId: 'new' }))
    await client.send(new DeleteSecretCommand({ SecretId: 'new', ForceDeleteWithoutRecovery: true }))
    await expect(get('new')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  it('refuses writes that cannot be meant', async () => {
    const refusals = [
      [new CreateSecretCommand({ Name: 'a b' }), 'ValidationException'],
      [new PutSecretValueCommand({ SecretId: 'prod/db' }), 'InvalidRequestException'],
      [new PutSecretValueCommand({ SecretId: 'prod/db', SecretString: '' }), 'ValidationException'],
      [
        new PutSecretValueCommand({ SecretId: 'prod/db', SecretBinary: new Uint8Array() }),
        'ValidationException',
      ],
      [new CreateSecretCommand({ Name: 'empty', SecretString: '' }), 'ValidationException'],
      [
        new DeleteSecretCommand({
          SecretId: 'prod/db',
          ForceDeleteWithoutRecovery: true,
          RecoveryWindowInDays: 7,
        }),
        'InvalidParameterException',
      ],
      [
        new UpdateSecretVersionStageCommand({
          SecretId: 'prod/db',
          VersionStage: 'AWSCURRENT',
          MoveToVersionId: 'x',
        }),
        'InvalidParameterException',
      ],
      [
        new UpdateSecretVersionStageCommand({
          SecretId: 'prod/db',
          VersionStage: 'NEW',
          MoveToVersionId: 'x',
        }),
        'ResourceNotFoundException',
      ],
    ] as const
    for (const [command, name] of refusals)
      await expect(client.send(command as GetSecretValueCommand)).rejects.toMatchObject({ name })
    expect(local.account.secrets.find('empty')).toBeUndefined()
  })

  it('makes one version of a write that is sent twice', async () => {
    const again = { SecretId: 'prod/db', SecretString: 'n', ClientRequestToken: 'a'.repeat(32) }
    await client.send(new PutSecretValueCommand(again))
    const { VersionStages } = await client.send(new PutSecretValueCommand(again))
    expect(VersionStages).toEqual(['AWSCURRENT'])
    await expect(
      client.send(new PutSecretValueCommand({ ...again, SecretString: 'm' })),
    ).rejects.toMatchObject({
      name: 'ResourceExistsException',
    })
  })

  it('takes 64 KiB and no more', async () => {
    const put = (length: number) =>
      client.send(new PutSecretValueCommand({ SecretId: 'prod/db', SecretString: 'x'.repeat(length) }))
    await put(65_536)
    await expect(put(65_537)).rejects.toMatchObject({ name: 'ValidationException' })
  })

  it('lists by name, in pages', async () => {
    const first = await client.send(
      new ListSecretsCommand({ MaxResults: 1, Filters: [{ Key: 'name', Values: ['prod/'] }] }),
    )
    const second = await client.send(
      new ListSecretsCommand({
        MaxResults: 1,
        NextToken: first.NextToken,
        Filters: [{ Key: 'name', Values: ['prod/'] }],
      }),
    )
    const names = [...(first.SecretList ?? []), ...(second.SecretList ?? [])].map(({ Name }) => Name)
    expect(names).toEqual(['prod/db', 'prod/cert'])
    expect(second.NextToken).toBeUndefined()
  })

  describe('BatchGetSecretValue', () => {
    const batch = (...SecretIdList: string[]) => client.send(new BatchGetSecretValueCommand({ SecretIdList }))

    it('answers what it can and names the rest in Errors', async () => {
      local.faults.deny('prod/cert')
      const { SecretValues, Errors } = await batch('prod/db', 'prod/cert', 'prod/none')
      expect(SecretValues?.map(({ Name }) => Name)).toEqual(['prod/db'])
      expect(Errors?.map(({ SecretId, ErrorCode }) => [SecretId, ErrorCode])).toEqual([
        ['prod/cert', 'AccessDeniedException'],
        ['prod/none', 'ResourceNotFoundException'],
      ])
      expect(local.calls.aws).toMatchObject({ BatchGetSecretValue: 1, GetSecretValue: 0 })
    })

    it('takes 20 ids and no more', async () => {
      const ids = Array.from({ length: 21 }, (_, index) => `s${index}`)
      expect((await batch(...ids.slice(0, 20))).Errors).toHaveLength(20)
      await expect(batch(...ids)).rejects.toMatchObject({ name: 'ValidationException' })
    })

    it('reads by filter', async () => {
      const Filters = [{ Key: 'name' as const, Values: ['prod/'] }]
      const { SecretValues } = await client.send(new BatchGetSecretValueCommand({ Filters }))
      expect(SecretValues).toHaveLength(2)
    })

    it('takes ids or filters, not both and not neither', async () => {
      const Filters = [{ Key: 'name' as const, Values: ['!prod/'] }]
      for (const input of [{ Filters, SecretIdList: ['x'] }, {}])
        await expect(client.send(new BatchGetSecretValueCommand(input))).rejects.toMatchObject({
          name: 'InvalidParameterException',
        })
      const { SecretValues } = await client.send(new BatchGetSecretValueCommand({ Filters }))
      expect(SecretValues?.map(({ Name }) => Name)).toEqual(['shared'])
    })

    it('is denied as an action while single reads go on', async () => {
      local.faults.deny('secretsmanager:BatchGetSecretValue')
      await expect(batch('prod/db')).rejects.toMatchObject({ name: 'AccessDeniedException' })
      expect((await get('prod/db')).Name).toBe('prod/db')
    })

    it('is denied as a whole for one secret, as by an endpoint policy', async () => {
      local.faults.deny('secretsmanager:BatchGetSecretValue', { ids: 'prod/cert' })
      expect((await batch('prod/db')).SecretValues).toHaveLength(1)
      await expect(batch('prod/db', 'prod/cert')).rejects.toMatchObject({ name: 'AccessDeniedException' })
    })

    it('fails for the one secret a fault names', async () => {
      local.faults.fail('DecryptionFailure', { ids: 'prod/db' })
      const { SecretValues, Errors } = await batch('prod/db', 'prod/cert')
      expect(SecretValues).toHaveLength(1)
      expect(Errors?.[0]?.ErrorCode).toBe('DecryptionFailure')
    })
  })

  it('denies decryption apart from the secret', async () => {
    local.faults.deny('kms:Decrypt')
    await expect(get('prod/db')).rejects.toMatchObject({ message: expect.stringContaining('kms:Decrypt') })
  })

  it('fails as a server when asked to', async () => {
    local.faults.fail('InternalServiceError', { times: 1 })
    await expect(get('prod/db')).rejects.toMatchObject({
      name: 'InternalServiceError',
      $metadata: { httpStatusCode: 500 },
    })
    await get('prod/db')
  })
})
