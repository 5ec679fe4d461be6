import { describe, expect, it } from '@jest/globals'
import { ask, contextOf, count, newSdk, read, secret, startAccount, type Told } from './account.ts'
import { Exception, startAws } from './aws.ts'

const arnOf = (name: string, account = '123456789012') =>
  `arn:aws:secretsmanager:eu-west-1:${account}:secret:${name}-AbCdEf`

const stored = (name: string, more: object = {}) => ({
  Name: name,
  ARN: arnOf(name),
  VersionId: 'v1',
  SecretString: `value of ${name}`,
  ...more,
})

const numbered = count(45).map((number) => `secret-${number}`)

describe('secrets', () => {
  it('are asked for in twenties', async () => {
    await using local = await startAccount({ secrets: Object.fromEntries(numbered.map((id) => [id, id])) })
    expect(
      await read(
        newSdk(),
        numbered.map((id) => secret(id)),
      ),
    ).toEqual(numbered)
    expect(local.calls.aws).toMatchObject({ BatchGetSecretValue: 3, GetSecretValue: 0 })
  })

  it('are asked for by GetSecretValue where there is but one', async () => {
    await using local = await startAccount({ secrets: { a: '1' } })
    const [outcome] = await ask(newSdk(), [secret('a')])
    expect(outcome).toMatchObject({ ok: true, value: '1', arn: local.account.secrets.get('a').arn })
    expect(local.calls.aws).toMatchObject({ BatchGetSecretValue: 0, GetSecretValue: 1 })
  })

  it('have their VersionId and ARN from a batch too', async () => {
    await using local = await startAccount({ secrets: { a: '1', b: '2' } })
    const [single] = await ask(newSdk(), [secret('a')])
    const [batched] = await ask(newSdk(), [secret('a'), secret('b')])
    expect(batched).toEqual(single)
    expect(local.calls.aws.BatchGetSecretValue).toBe(1)
  })

  it('are asked for by GetSecretValue where a stage or version is named', async () => {
    await using local = await startAccount({ secrets: { a: 'old', b: 'b', c: 'c' } })
    const first = (await ask(newSdk(), [secret('a')]))[0] as { version: string }
    local.rotate('a', 'new')
    const references = [
      secret('a', { stage: 'AWSPREVIOUS' }),
      secret('a', { versionId: first.version }),
      secret('a'),
      secret('b', { stage: 'AWSCURRENT' }),
      secret('c', { stage: 'AWSPENDING' }),
    ]
    expect(await read(newSdk(), references)).toEqual(['old', 'old', 'new', 'b', { code: 'NOT_FOUND' }])
    expect(local.calls.aws).toMatchObject({ BatchGetSecretValue: 1, GetSecretValue: 4 })
  })

  it('of another stage are asked for once', async () => {
    await using local = await startAccount({ secrets: { a: 'old' } })
    local.rotate('a', 'new')
    expect(await read(newSdk(), [secret('a', { stage: 'AWSPREVIOUS' })])).toEqual(['old'])
    expect(local.calls.upstream).toBe(1)
  })

  it.each(['prod/db-2', 'prod/db-second', 'prod/dc'])(
    'are not those of a similar name, asked for by a part of their ARN: %s',
    async (similar) => {
      await using _aws = await startAws(({ operation }) =>
        operation === 'BatchGetSecretValue' ? { SecretValues: [stored(similar)] } : stored('prod/db'),
      )
      const partial = arnOf('prod/db').slice(0, -7)
      expect(await read(newSdk(), [secret(partial), secret(similar)])).toEqual([
        'value of prod/db',
        `value of ${similar}`,
      ])
    },
  )

  it('are asked for by themselves where the answer has two versions of one', async () => {
    const other = stored('a', { VersionId: 'v2', SecretString: 'other' })
    await using _aws = await startAws(({ operation }) =>
      operation === 'BatchGetSecretValue' ? { SecretValues: [other, stored('a'), stored('b')] } : stored('a'),
    )
    expect(await read(newSdk(), [secret('a'), secret('b')])).toEqual(['value of a', 'value of b'])
  })

  it('have no version and ARN but text', async () => {
    await using _aws = await startAws(() => ({ SecretString: 'x', VersionId: 12, ARN: {} }))
    expect(await ask(newSdk(), [secret('a')])).toEqual([
      { ok: true, value: 'x', version: undefined, arn: undefined },
    ])
  })

  it('are found by name, ARN and ARN without its last six characters, in one request', async () => {
    await using local = await startAccount({ secrets: { 'prod/db': 'value', other: 'x' } })
    const { arn } = local.account.secrets.get('prod/db')
    const references = [secret('prod/db'), secret(arn), secret(arn.slice(0, -7)), secret('other')]
    expect(await read(newSdk(), references)).toEqual(['value', 'value', 'value', 'x'])
    expect(local.calls.upstream).toBe(1)
  })

  it('fail one by one inside a batch', async () => {
    await using local = await startAccount({ secrets: { a: '1', denied: '2', broken: '3', late: '4' } })
    local.faults.deny('denied')
    local.faults.fail('DecryptionFailure', { ids: 'broken' })
    local.faults.fail('InternalServiceError', { ids: 'late' })
    const ids = ['a', 'missing', 'denied', 'broken', 'late']
    expect(
      await read(
        newSdk(),
        ids.map((id) => secret(id)),
      ),
    ).toEqual([
      '1',
      { code: 'NOT_FOUND' },
      { code: 'ACCESS_DENIED' },
      { code: 'DECRYPTION_FAILED' },
      { code: 'SERVICE_FAILED' },
    ])
    expect(local.calls.upstream).toBe(1)
  })

  it('are asked for one by one where the batch action is denied: found out once, and told once', async () => {
    await using local = await startAccount({ secrets: Object.fromEntries(numbered.map((id) => [id, id])) })
    local.faults.deny('secretsmanager:BatchGetSecretValue')
    const told: Told = { events: [], retries: [] }
    const source = newSdk()
    const references = numbered.map((id) => secret(id))
    expect(await read(source, references, contextOf(told))).toEqual(numbered)
    expect(local.calls.aws).toMatchObject({ BatchGetSecretValue: 3, GetSecretValue: 45 })
    expect(await read(source, references, contextOf(told))).toEqual(numbered)
    expect(local.calls.aws).toMatchObject({ BatchGetSecretValue: 3, GetSecretValue: 90 })
    expect(told.events).toEqual([
      {
        type: 'degraded',
        source: 'sdk',
        reason: expect.stringContaining('secretsmanager:BatchGetSecretValue'),
      },
    ])
    expect(told.retries).toEqual([])
  })

  it('remember the denied batch action for every source of one endpoint', async () => {
    await using local = await startAccount({ secrets: { a: '1', b: '2' } })
    local.faults.deny('secretsmanager:BatchGetSecretValue')
    const region = 'shared-by-two'
    await read(newSdk({ region }), [secret('a'), secret('b')])
    await read(newSdk({ region }), [secret('a'), secret('b')])
    expect(local.calls.aws).toMatchObject({ BatchGetSecretValue: 1, GetSecretValue: 4 })
  })

  it('find the one that a VPC endpoint denies', async () => {
    await using aws = await startAws(({ operation, input }) =>
      operation === 'BatchGetSecretValue' || input['SecretId'] === 'b'
        ? new Exception('AccessDeniedException')
        : stored(String(input['SecretId'])),
    )
    expect(
      await read(
        newSdk(),
        ['a', 'b', 'c'].map((id) => secret(id)),
      ),
    ).toEqual(['value of a', { code: 'ACCESS_DENIED' }, 'value of c'])
    expect(aws.operations()).toEqual([
      'BatchGetSecretValue',
      'GetSecretValue',
      'GetSecretValue',
      'GetSecretValue',
    ])
  })

  it.each([
    ['UnknownOperationException', 400],
    ['InternalFailure', 501],
  ])('are asked for one by one where the batch action is not known (%s)', async (name, status) => {
    await using aws = await startAws(({ operation, input }) =>
      operation === 'BatchGetSecretValue' ? new Exception(name, status) : stored(String(input['SecretId'])),
    )
    const source = newSdk()
    const told: Told = { events: [], retries: [] }
    for (const _ of count(2)) {
      expect(await read(source, [secret('a'), secret('b')], contextOf(told))).toEqual([
        'value of a',
        'value of b',
      ])
    }
    expect(aws.operations().filter((operation) => operation === 'BatchGetSecretValue')).toHaveLength(1)
    expect(told.events).toHaveLength(1)
  })

  it('are asked for one by one, this time, where one name spoils the batch', async () => {
    await using aws = await startAws(({ operation, input }) => {
      const ids = (input['SecretIdList'] ?? [input['SecretId']]) as string[]
      if (ids.includes('bad name')) return new Exception('ValidationException')
      return operation === 'BatchGetSecretValue'
        ? { SecretValues: ids.map((id) => stored(id)) }
        : stored(ids[0] as string)
    })
    const source = newSdk()
    expect(await read(source, [secret('a'), secret('bad name'), secret('b')])).toEqual([
      'value of a',
      { code: 'INVALID_REQUEST' },
      'value of b',
    ])
    await read(source, [secret('a'), secret('b')])
    expect(aws.operations()).toEqual([
      'BatchGetSecretValue',
      ...count(3).map(() => 'GetSecretValue'),
      'BatchGetSecretValue',
    ])
  })

  it('all fail with what fails the batch for now', async () => {
    await using aws = await startAws(() => new Exception('InternalServiceError', 500))
    const told: Told = { events: [], retries: [] }
    const code = 'SERVICE_FAILED'
    expect(await read(newSdk(), [secret('a'), secret('b')], contextOf(told))).toEqual([{ code }, { code }])
    // The SDK's own attempts, and each told to both.
    expect(aws.asked).toHaveLength(3)
    expect(told.retries).toEqual([`a ${code}`, `b ${code}`, `a ${code}`, `b ${code}`])
  })

  it('are asked for one by one where only the batch is throttled: its quota is a hundredth', async () => {
    await using aws = await startAws(({ operation, input }) =>
      operation === 'BatchGetSecretValue'
        ? new Exception('ThrottlingException')
        : stored(input['SecretId'] as string),
    )
    const source = newSdk()
    expect(await read(source, [secret('a'), secret('b')])).toEqual(['value of a', 'value of b'])
    // The next time it is tried again.
    await read(source, [secret('a'), secret('b')])
    const once = [...count(3).map(() => 'BatchGetSecretValue'), ...count(2).map(() => 'GetSecretValue')]
    expect(aws.operations()).toEqual([...once, ...once])
  })

  it('are asked for by themselves where the answer leaves them out', async () => {
    await using aws = await startAws(({ operation, input }) => {
      if (operation === 'BatchGetSecretValue') return { SecretValues: [stored('a')], Errors: null }
      return input['SecretId'] === 'b' ? stored('b') : new Exception('ResourceNotFoundException')
    })
    expect(
      await read(
        newSdk(),
        ['a', 'b', 'c'].map((id) => secret(id)),
      ),
    ).toEqual(['value of a', 'value of b', { code: 'NOT_FOUND' }])
    expect(aws.operations()).toHaveLength(3)
  })

  it('are never mixed up with those of another account that have the same name', async () => {
    const foreign = arnOf('db', '999999999999')
    const theirs = { ...stored('db'), ARN: foreign, SecretString: 'theirs' }
    await using _aws = await startAws(({ operation, input }) => {
      if (operation === 'BatchGetSecretValue') return { SecretValues: [theirs, stored('db'), stored('x')] }
      return input['SecretId'] === 'db' ? stored('db') : theirs
    })
    expect(await read(newSdk(), [secret('db'), secret(foreign), secret('x')])).toEqual([
      'value of db',
      'theirs',
      'value of x',
    ])
  })

  it.each([
    ['nothing', {}],
    ['null', { SecretString: null, SecretBinary: null }],
    ['a number', { SecretString: 12 }],
  ])('are an error where the value is %s', async (_, fields) => {
    await using _aws = await startAws(() => ({ Name: 'a', ...fields }))
    expect(await ask(newSdk(), [secret('a')])).toMatchObject([
      { ok: false, error: { code: 'BAD_RESPONSE', reason: 'there is no value in it' } },
    ])
  })
})
