import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  LabelParameterVersionCommand,
  PutParameterCommand,
  paginateGetParametersByPath,
  SSMClient,
} from '@aws-sdk/client-ssm'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Local, startLocal } from '../src/index.ts'

const FOREIGN = 'arn:aws:ssm:eu-west-1:999999999999:parameter/shared/x'

describe('Parameter Store, asked by the AWS SDK', () => {
  let local: Local
  let client: SSMClient
  let time: number

  beforeEach(async () => {
    time = 1_668_586_960_000
    local = await startLocal({
      secrets: { 'prod/db': 'secret text' },
      parameters: {
        '/prod/config': '{"a":1}',
        '/prod/hosts': ['a', 'b'],
        '/prod/pw': { type: 'SecureString', value: 'canary' },
        plain: 'x',
        [FOREIGN]: 'shared',
      },
      now: () => time,
    })
    client = new SSMClient({
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

  const get = async (Name: string, WithDecryption = false) =>
    (await client.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter
  const getMany = (...Names: string[]) => client.send(new GetParametersCommand({ Names }))

  it('answers the three types', async () => {
    expect(await get('/prod/config')).toMatchObject({
      ARN: 'arn:aws:ssm:eu-west-1:123456789012:parameter/prod/config',
      Type: 'String',
      Value: '{"a":1}',
      Version: 1,
      LastModifiedDate: new Date(time),
      DataType: 'text',
    })
    expect(await get('/prod/hosts')).toMatchObject({ Type: 'StringList', Value: 'a,b' })
    expect(await get('/prod/pw', true)).toMatchObject({ Type: 'SecureString', Value: 'canary' })
  })

  it('keeps a SecureString encrypted unless asked', async () => {
    const { Value } = (await get('/prod/pw')) ?? {}
    expect(Value).toMatch(/^AQICAH[\w+/]+$/)
    expect(Buffer.from(String(Value), 'base64').toString()).not.toContain('canary')
  })

  it('knows a parameter by its ARN, and one of another account by nothing else', async () => {
    expect((await get('arn:aws:ssm:eu-west-1:123456789012:parameter/prod/config'))?.Name).toBe('/prod/config')
    expect((await get('arn:aws:ssm:eu-west-1:123456789012:parameter/plain'))?.Name).toBe('plain')
    expect((await get(FOREIGN))?.Value).toBe('shared')
    await expect(get('/shared/x')).rejects.toMatchObject({ name: 'ParameterNotFound' })
  })

  it('selects by version and by label', async () => {
    local.rotate('/prod/config', 'two')
    await client.send(
      new LabelParameterVersionCommand({
        Name: '/prod/config',
        ParameterVersion: 1,
        Labels: ['live', '1st'],
      }),
    )
    expect(await get('/prod/config')).toMatchObject({ Value: 'two', Version: 2 })
    expect(await get('/prod/config:1')).toMatchObject({ Value: '{"a":1}', Selector: ':1' })
    expect(await get('/prod/config:live')).toMatchObject({
      Version: 1,
      Selector: ':live',
      Name: '/prod/config',
    })
    await expect(get('/prod/config:9')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' })
    await expect(get('/prod/config:1st')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' })
    expect(await get(`${FOREIGN}:1`)).toMatchObject({ Selector: ':1' })
  })

  it('reads a secret by its reference', async () => {
    const name = '/aws/reference/secretsmanager/prod/db'
    expect(await get(name, true)).toMatchObject({ Name: name, Value: 'secret text', Version: 0 })
    await expect(get(name)).rejects.toMatchObject({ name: 'ValidationException' })
    local.faults.deny('prod/db')
    await expect(get(name, true)).rejects.toMatchObject({ name: 'AccessDeniedException' })
  })

  it('writes, overwrites and deletes', async () => {
    const put = (more: object = {}) =>
      client.send(new PutParameterCommand({ Name: '/new', Value: 'v', Type: 'String', ...more }))
    expect(await put()).toMatchObject({ Version: 1, Tier: 'Standard' })
    await expect(put()).rejects.toMatchObject({ name: 'ParameterAlreadyExists' })
    expect((await put({ Overwrite: true })).Version).toBe(2)
    await client.send(new DeleteParameterCommand({ Name: '/new' }))
    await expect(get('/new')).rejects.toMatchObject({ name: 'ParameterNotFound' })
  })

  it.each([
    [{ Name: '/aws/x' }, 'ValidationException', 'prefixed'],
    [{ Name: '/a b' }, 'ValidationException', 'only letters'],
    [{ Name: 'a/b' }, 'ValidationException', 'fully qualified'],
    [{ Name: '/1'.repeat(16) }, 'HierarchyLevelLimitExceededException', '15 levels'],
    [{ Type: undefined }, 'ValidationException', 'type is required'],
    [{ Type: 'Text' }, 'ValidationException', 'enum value set'],
    [{ Value: '' }, 'ValidationException', 'greater than or equal to 1'],
  ])('refuses to write %j', async (bad, name, message) => {
    const put = new PutParameterCommand({ Name: '/new', Value: 'v', Type: 'String', ...(bad as object) })
    await expect(client.send(put)).rejects.toMatchObject({ name, message: expect.stringContaining(message) })
  })

  it('puts no more than ten labels on a version', async () => {
    const Labels = Array.from({ length: 11 }, (_, index) => `l${index}`)
    await expect(
      client.send(new LabelParameterVersionCommand({ Name: '/prod/config', Labels })),
    ).rejects.toMatchObject({ name: 'ParameterVersionLabelLimitExceeded' })
    const { InvalidLabels } = await client.send(
      new LabelParameterVersionCommand({ Name: '/prod/config', Labels: ['aws-x', '1', 'ok'] }),
    )
    expect(InvalidLabels).toEqual(['aws-x', '1'])
  })

  it('takes a number for a version, whatever labels there are', async () => {
    local.rotate('/prod/config', 'two')
    const { versions } = local.account.parameters.get('/prod/config')
    // As an older stand-in let it be written.
    versions[0]?.labels.add('2')
    expect((await get('/prod/config:2'))?.Value).toBe('two')
    await expect(get('/prod/config:3')).rejects.toMatchObject({
      name: 'ParameterVersionNotFound',
      message: expect.stringContaining('version 3'),
    })
  })

  it('keeps a hundred versions', async () => {
    for (let index = 0; index < 100; index++) local.rotate('/prod/config', `v${index}`)
    await expect(get('/prod/config:1')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' })
    expect((await get('/prod/config:2'))?.Value).toBe('v0')
  })

  it('takes 4 KiB, 8 KiB in the advanced tier', async () => {
    const put = (length: number, Tier: 'Standard' | 'Advanced' | 'Intelligent-Tiering') =>
      client.send(
        new PutParameterCommand({
          Name: `/${Tier}`,
          Value: 'x'.repeat(length),
          Type: 'String',
          Tier,
          Overwrite: true,
        }),
      )
    await put(4096, 'Standard')
    await expect(put(4097, 'Standard')).rejects.toMatchObject({ name: 'ValidationException' })
    await put(8192, 'Advanced')
    await expect(put(8193, 'Advanced')).rejects.toMatchObject({ name: 'ValidationException' })
    expect((await put(5000, 'Intelligent-Tiering')).Tier).toBe('Advanced')
  })

  describe('GetParameters', () => {
    it('answers in another order and names what is missing', async () => {
      const { Parameters, InvalidParameters } = await getMany(
        '/prod/config',
        '/none',
        '/prod/hosts:1',
        '/prod/hosts:7',
      )
      expect(Parameters?.map(({ Name, Selector }) => [Name, Selector])).toEqual([
        ['/prod/hosts', ':1'],
        ['/prod/config', undefined],
      ])
      expect(InvalidParameters).toEqual(['/none', '/prod/hosts:7'])
    })

    it('takes 1 to 10 names', async () => {
      const names = Array.from({ length: 11 }, (_, index) => `/n${index}`)
      expect((await getMany(...names.slice(1))).InvalidParameters).toHaveLength(10)
      await expect(getMany(...names)).rejects.toMatchObject({ name: 'ValidationException' })
      await expect(getMany()).rejects.toMatchObject({ name: 'ValidationException' })
    })

    it('fails as a whole for one denied name', async () => {
      local.faults.deny('/prod/pw')
      await expect(getMany('/prod/config', '/prod/pw')).rejects.toMatchObject({
        name: 'AccessDeniedException',
      })
      expect((await getMany('/prod/config')).Parameters).toHaveLength(1)
    })
  })

  describe('GetParametersByPath', () => {
    const names = async (Path: string, Recursive = false) => {
      const { Parameters } = await client.send(new GetParametersByPathCommand({ Path, Recursive }))
      return Parameters?.map(({ Name }) => Name)
    }

    it('reads one level, or all', async () => {
      local.account.putParameter('/prod/deep/x', '1')
      expect(await names('/prod')).toEqual(['/prod/config', '/prod/hosts', '/prod/pw'])
      expect(await names('/prod/', true)).toContain('/prod/deep/x')
    })

    it('reads the root with its names that have no slash, as AWS does, and nothing of another account', async () => {
      local.account.putParameter('/top', '1')
      expect(await names('/')).toEqual(['plain', '/top'])
      const all = ['/prod/config', '/prod/hosts', '/prod/pw', 'plain', '/top']
      expect(await names('/', true)).toEqual(all)
      local.account.putParameter('/plain/below', '1')
      expect(await names('/plain')).toEqual(['/plain/below'])
    })

    it.each([
      [{ Path: 'prod' }, 'ValidationException'],
      [{ Path: '/prod//x' }, 'ValidationException'],
      [{ Path: '/prod x' }, 'ValidationException'],
      [{ Path: '/prod', MaxResults: 11 }, 'ValidationException'],
      [{ Path: '/prod', NextToken: 'x' }, 'InvalidNextToken'],
    ])('refuses %j', async (input, name) => {
      await expect(client.send(new GetParametersByPathCommand(input))).rejects.toMatchObject({ name })
    })

    it('answers in pages of ten, the first of them empty when asked to', async () => {
      for (let index = 0; index < 12; index++) local.account.putParameter(`/many/${index}`, 'x')
      local.faults.emptyPages()
      const sizes: (number | undefined)[] = []
      for await (const page of paginateGetParametersByPath({ client }, { Path: '/many' }))
        sizes.push(page.Parameters?.length)
      expect(sizes).toEqual([0, 10, 2])
    })
  })

  it('throttles the three reads together, from a real bucket', async () => {
    local.faults.throttle({ perSecond: 2 })
    await get('/prod/config')
    await getMany('/prod/config')
    await expect(get('/prod/config')).rejects.toMatchObject({ name: 'ThrottlingException' })
    time += 500
    await get('/prod/config')
    await expect(get('/prod/config')).rejects.toMatchObject({ name: 'ThrottlingException' })
    expect(local.calls.aws).toMatchObject({ GetParameter: 4, GetParameters: 1 })
  })
})
