import { LabelParameterVersionCommand, SSMClient } from '@aws-sdk/client-ssm'
import { describe, expect, it } from '@jest/globals'
import { ask, contextOf, count, newSdk, parameter, read, secret, startAccount, type Told } from './account.ts'
import { Exception, type Fields, startAws } from './aws.ts'

const names = count(40).map((number) => `/p/${number}`)
const twelve = names.slice(0, 12)
const all = (given: readonly string[]) => given.map((name) => parameter(name))

/** Parameter Store, with the actions and names that a role may use. */
const startStore = (isAllowed: (operation: string, name: string) => boolean) =>
  startAws(({ operation, input }) => {
    const asked = (input['Names'] ?? [input['Name']]) as string[]
    if (!asked.every((name) => isAllowed(operation, name))) return new Exception('AccessDeniedException')
    const found = asked.map((name): Fields => ({ Name: name, Type: 'String', Value: name, Version: 1 }))
    return operation === 'GetParameter' ? { Parameter: found[0] } : { Parameters: found.reverse() }
  })

const tally = (operations: readonly string[]) =>
  Object.fromEntries(
    Object.entries(Object.groupBy(operations, (name) => name)).map(([name, of]) => [name, of?.length]),
  )

describe('parameters', () => {
  it('are asked for in tens', async () => {
    await using local = await startAccount({
      parameters: Object.fromEntries(names.map((name) => [name, name])),
    })
    expect(await read(newSdk(), all(names))).toEqual(names)
    expect(local.calls.upstream).toBe(4)
    expect(local.calls.aws.GetParameters).toBe(4)
  })

  it('have their type, version and ARN', async () => {
    await using local = await startAccount({
      parameters: { '/a': 'text', '/b': ['x', 'y'], plain: { type: 'SecureString', value: 'hidden' } },
    })
    local.rotate('/a', 'newer')
    const arn = (name: string) => local.account.parameters.get(name).arn
    expect(await ask(newSdk(), all(['/a', '/b', 'plain']))).toEqual([
      { ok: true, value: 'newer', version: '2', arn: arn('/a') },
      { ok: true, value: ['x', 'y'], version: '1', arn: arn('/b') },
      { ok: true, value: 'hidden', version: '1', arn: arn('plain') },
    ])
  })

  it('are decrypted or not, in a call for each', async () => {
    await using local = await startAccount({
      parameters: { '/pw': { type: 'SecureString', value: 'hidden' }, '/x': '1' },
    })
    const [open, closed, x] = await read(newSdk(), [
      parameter('/pw'),
      parameter('/pw', { decrypt: false }),
      parameter('/x', { decrypt: false }),
    ])
    expect([open, x]).toEqual(['hidden', '1'])
    expect(closed).toEqual(expect.not.stringContaining('hidden'))
    expect(local.calls.aws.GetParameters).toBe(2)
  })

  it('are found by version and by label, as options or in the name', async () => {
    await using local = await startAccount({ parameters: { '/a': 'one' } })
    local.rotate('/a', 'two')
    const label = new LabelParameterVersionCommand({ Name: '/a', Labels: ['live'], ParameterVersion: 1 })
    await new SSMClient().send(label)
    const arn = local.account.parameters.get('/a').arn
    const references = [
      parameter('/a'),
      parameter('/a', { version: 1 }),
      parameter('/a', { label: 'live' }),
      parameter('/a:2'),
      parameter('/a:1'),
      parameter(arn),
      parameter(`${arn}:1`),
      parameter('/a', { version: 9 }),
      parameter('/a', { label: 'none' }),
    ]
    expect(await read(newSdk(), references)).toEqual([
      'two',
      'one',
      'one',
      'two',
      'one',
      'two',
      'one',
      { code: 'NOT_FOUND' },
      { code: 'NOT_FOUND' },
    ])
    expect(local.calls.aws.GetParameters).toBe(1)
  })

  it('tell an ARN only where it stands for the same value', async () => {
    await using local = await startAccount({ parameters: { '/a': 'one' } })
    const { arn } = local.account.parameters.get('/a')
    const outcomes = await ask(newSdk(), [
      parameter('/a'),
      parameter(arn),
      parameter('/a:1'),
      parameter('/a', { version: 1 }),
    ])
    expect(outcomes.map((outcome) => outcome.ok && outcome.arn)).toEqual([arn, arn, undefined, undefined])
  })

  it('of another account are found by their ARN', async () => {
    const foreign = 'arn:aws:ssm:eu-west-1:999999999999:parameter/shared/x'
    await using _local = await startAccount({ parameters: { [foreign]: 'theirs', '/shared/x': 'ours' } })
    expect(await read(newSdk(), all([foreign, '/shared/x']))).toEqual(['theirs', 'ours'])
  })

  it('that do not exist are named', async () => {
    await using local = await startAccount({ parameters: { '/a': '1' } })
    const [found, missing] = await ask(newSdk(), all(['/a', '/nothing']))
    expect(found).toMatchObject({ ok: true, value: '1' })
    expect(missing).toMatchObject({ ok: false, error: { code: 'NOT_FOUND', reason: 'InvalidParameters' } })
    expect(local.calls.upstream).toBe(1)
  })

  it('may be secrets, whose version is their VersionId', async () => {
    await using local = await startAccount({
      secrets: { db: 'old', bytes: Uint8Array.of(1) },
      parameters: { '/a': '1' },
    })
    local.rotate('db', 'new')
    const path = '/aws/reference/secretsmanager'
    const [db, previous, bytes] = await ask(newSdk(), [
      parameter(`${path}/db`),
      parameter(`${path}/db`, { label: 'AWSPREVIOUS' }),
      parameter(`${path}/bytes`),
    ])
    expect(db).toMatchObject({ value: 'new', version: expect.stringMatching(/^[\da-f-]{36}$/) })
    expect(previous).toMatchObject({ value: 'old' })
    expect(bytes).toMatchObject({
      error: {
        code: 'UNSUPPORTED',
        reason: 'Parameter Store does not give the bytes of a secret',
        remedy: 'Declare it among the secrets: binary(name).',
      },
    })
  })

  it('are searched for the one that is denied: one call for each of its batch', async () => {
    await using aws = await startStore((_, name) => name !== '/p/3')
    const values = await read(newSdk(), all(twelve))
    expect(values).toEqual(twelve.map((name) => (name === '/p/3' ? { code: 'ACCESS_DENIED' } : name)))
    // Two batches, the ten of the denied one, and that one in a batch of its own.
    expect(tally(aws.operations())).toEqual({ GetParameters: 3, GetParameter: 10 })
  })

  it('go on in batches after one of them was denied', async () => {
    await using aws = await startStore((_, name) => name !== '/p/3')
    const source = newSdk()
    const told: Told = { events: [], retries: [] }
    await read(source, all(twelve), contextOf(told))
    aws.asked.length = 0
    await read(source, all(['/p/1', '/p/2']))
    expect(aws.operations()).toEqual(['GetParameters'])
    expect(told.events).toEqual([])
  })

  it('are asked for one by one where the role has ssm:GetParameter only: found out once, and told once', async () => {
    await using aws = await startStore((operation) => operation === 'GetParameter')
    const source = newSdk()
    const told: Told = { events: [], retries: [] }
    expect(await read(source, all(twelve), contextOf(told))).toEqual(twelve)
    expect(tally(aws.operations())).toEqual({ GetParameters: 2, GetParameter: 12 })
    aws.asked.length = 0
    expect(await read(source, all(twelve), contextOf(told))).toEqual(twelve)
    expect(tally(aws.operations())).toEqual({ GetParameter: 12 })
    expect(told.events).toEqual([
      { type: 'degraded', source: 'sdk', reason: expect.stringContaining('ssm:GetParameters') },
    ])
  })

  it('are so too where one of them is missing', async () => {
    await using aws = await startAws(({ operation, input }) => {
      if (operation === 'GetParameters') return new Exception('AccessDeniedException')
      const { Name } = input
      return Name === '/a'
        ? { Parameter: { Name, Value: '1', Version: 1 } }
        : new Exception('ParameterNotFound')
    })
    const source = newSdk()
    for (const _ of count(2)) {
      expect(await read(source, all(['/a', '/b']))).toEqual(['1', { code: 'NOT_FOUND' }])
    }
    expect(tally(aws.operations())).toEqual({ GetParameters: 1, GetParameter: 4 })
  })

  it('find the one that is denied where the role has ssm:GetParameters only', async () => {
    await using aws = await startStore((operation, name) => operation === 'GetParameters' && name !== '/p/3')
    const source = newSdk()
    expect(await read(source, all(names.slice(0, 5)))).toEqual([
      '/p/0',
      '/p/1',
      '/p/2',
      { code: 'ACCESS_DENIED' },
      '/p/4',
    ])
    expect(tally(aws.operations())).toEqual({ GetParameters: 6, GetParameter: 5 })
    expect(await read(source, all(['/p/0']))).toEqual(['/p/0'])
  })

  it('are all denied in a bounded number of calls', async () => {
    await using aws = await startStore(() => false)
    const values = await read(newSdk(), all(twelve))
    expect(values).toEqual(twelve.map(() => ({ code: 'ACCESS_DENIED' })))
    // Of each of two batches: itself, each of its names, and one name in a batch of its own.
    expect(tally(aws.operations())).toEqual({ GetParameters: 4, GetParameter: 12 })
  })

  it.each([2, 5, 10])('are denied in two calls more than there are names: %d', async (count) => {
    await using aws = await startStore(() => false)
    expect(await read(newSdk(), all(names.slice(0, count)))).toEqual(
      Array(count).fill({ code: 'ACCESS_DENIED' }),
    )
    expect(aws.asked).toHaveLength(count + 2)
  })

  it('are found beside a denied one by a role with ssm:GetParameters only, at the latest the next time', async () => {
    await using _aws = await startStore((operation, name) => operation === 'GetParameters' && name !== '/p/0')
    const [denied, ...others] = names.slice(0, 4)
    const source = newSdk()
    await read(source, all([denied as string, ...others]))
    expect(await read(source, all([denied as string, ...others]))).toEqual([
      { code: 'ACCESS_DENIED' },
      ...others,
    ])
  })

  it('are found beside one that is denied later, at once', async () => {
    let isDenied = false
    await using _aws = await startStore(
      (operation, name) => operation === 'GetParameters' && !(isDenied && name === '/p/0'),
    )
    const source = newSdk()
    const four = names.slice(0, 4)
    expect(await read(source, all(four))).toEqual(four)
    isDenied = true
    expect(await read(source, all(four))).toEqual([{ code: 'ACCESS_DENIED' }, ...four.slice(1)])
  })

  it('are denied in two calls where there is but one', async () => {
    await using aws = await startStore(() => false)
    expect(await read(newSdk(), all(['/p/1']))).toEqual([{ code: 'ACCESS_DENIED' }])
    expect(aws.operations()).toEqual(['GetParameters', 'GetParameter'])
  })

  it('are asked for one by one, this time, where one name spoils the batch', async () => {
    await using aws = await startAws(({ operation, input }) => {
      const asked = (input['Names'] ?? [input['Name']]) as string[]
      if (asked.includes('/bad')) return new Exception('ValidationException')
      const found = asked.map((Name) => ({ Name, Value: Name, Version: 1 }))
      return operation === 'GetParameter' ? { Parameter: found[0] } : { Parameters: found }
    })
    const source = newSdk()
    expect(await read(source, all(['/a', '/bad']))).toEqual(['/a', { code: 'INVALID_REQUEST' }])
    expect(await read(source, all(['/a', '/b']))).toEqual(['/a', '/b'])
    expect(tally(aws.operations())).toEqual({ GetParameters: 2, GetParameter: 2 })
  })

  it('go on in batches after one was turned down and none of its names is to blame', async () => {
    await using aws = await startAws(({ operation, input }) => {
      if (operation === 'GetParameters') return new Exception('ValidationException')
      return { Parameter: { Name: input['Name'], Value: 'x', Version: 1 } }
    })
    const source = newSdk()
    for (const _ of count(2)) expect(await read(source, all(['/a', '/b']))).toEqual(['x', 'x'])
    expect(tally(aws.operations())).toEqual({ GetParameters: 2, GetParameter: 4 })
  })

  it('all fail where the batch is throttled: every call counts alike', async () => {
    await using aws = await startAws(() => new Exception('ThrottlingException'))
    const ssm = new SSMClient({ maxAttempts: 1 })
    const code = 'THROTTLED'
    expect(await read(newSdk({ ssm }), all(['/a', '/b']))).toEqual([{ code }, { code }])
    expect(aws.operations()).toEqual(['GetParameters'])
  })

  it('are found where a secret among them is missing, also by a role with ssm:GetParameters only', async () => {
    const missing = '/aws/reference/secretsmanager/none'
    await using aws = await startAws(({ operation, input }) => {
      if (operation === 'GetParameter') return new Exception('AccessDeniedException')
      const asked = input['Names'] as string[]
      // So moto answers; unverified for AWS.
      if (asked.includes(missing)) return new Exception('ParameterNotFound')
      return { Parameters: asked.map((Name) => ({ Name, Value: Name, Version: 1 })) }
    })
    expect(await read(newSdk(), all(['/a', missing, '/b']))).toEqual(['/a', { code: 'NOT_FOUND' }, '/b'])
    expect(tally(aws.operations())).toEqual({ GetParameters: 4, GetParameter: 3 })
  })

  it('are asked for by themselves where the answer leaves them out', async () => {
    await using aws = await startAws(({ operation, input }) =>
      operation === 'GetParameters'
        ? { Parameters: [{ Name: '/a', ARN: 'x', Value: '1', Version: 1 }, null], InvalidParameters: null }
        : input['Name'] === '/b'
          ? { Parameter: { Name: '/b', Value: '2', Version: 1 } }
          : new Exception('ParameterNotFound'),
    )
    expect(await read(newSdk(), all(['/a', '/b', '/c']))).toEqual(['1', '2', { code: 'NOT_FOUND' }])
    expect(tally(aws.operations())).toEqual({ GetParameters: 1, GetParameter: 2 })
  })

  it('are never another version, although an answer names none', async () => {
    const stored = (Version: number) => ({ Name: '/a', ARN: 'x', Value: `version ${Version}`, Version })
    await using _aws = await startAws(({ operation, input }) =>
      operation === 'GetParameters'
        ? { Parameters: [stored(1), stored(2)] }
        : { Parameter: stored(input['Name'] === '/a:1' ? 1 : 2) },
    )
    expect(await read(newSdk(), all(['/a', '/a:1']))).toEqual(['version 2', 'version 1'])
  })

  it('that the last batch cannot tell stay denied', async () => {
    let batches = 0
    await using _aws = await startAws(({ operation }) => {
      if (operation === 'GetParameter' || ++batches === 1) return new Exception('AccessDeniedException')
      return batches === 2 ? { Parameters: [] } : new Exception('InternalServerError', 500)
    })
    expect(await read(newSdk({ concurrency: 1 }), all(['/a', '/b']))).toEqual([
      { code: 'ACCESS_DENIED' },
      { code: 'SERVICE_FAILED' },
    ])
  })

  it.each([
    ['nothing', {}],
    ['null', { Value: null }],
    ['a number', { Value: 1 }],
  ])('are an error where the value is %s', async (_, fields) => {
    await using _aws = await startAws(() => ({ Parameters: [{ Name: '/a', ...fields }] }))
    expect(await ask(newSdk(), all(['/a']))).toMatchObject([
      { ok: false, error: { code: 'BAD_RESPONSE', reason: 'there is no value in it' } },
    ])
  })

  it.each([['no JSON'], ['[1]'], ['{"VersionId":"v7"}'], [undefined]])(
    'have no version but what SourceResult tells (%s)',
    async (SourceResult) => {
      await using _aws = await startAws(() => ({
        Parameters: [{ Name: '/a', Value: 'x', Version: 0, SourceResult }],
      }))
      const [outcome] = await ask(newSdk(), all(['/a']))
      expect(outcome).toMatchObject({ ok: true, version: SourceResult?.includes('v7') ? 'v7' : undefined })
    },
  )

  it('are refused beforehand where AWS could never answer', () => {
    const { refusal } = newSdk()
    const arn = 'arn:aws:ssm:eu-west-1:123456789012:parameter/a'
    const inName = 'the name already ends in a version or label'
    const leaveOut = (option: string) => `Leave it away there, or leave out the ${option} option.`
    const refused = [
      [parameter('/a:3', { version: 3 }), inName, leaveOut('version')],
      [parameter('/a:live', { label: 'x' }), inName, leaveOut('label')],
      [parameter(`${arn}:3`, { version: 3 }), inName, leaveOut('version')],
      [
        parameter('/aws/reference/secretsmanager/db', { decrypt: false }),
        'Parameter Store gives a secret only decrypted',
        'Leave out decrypt: false.',
      ],
    ] as const
    for (const [reference, reason, remedy] of refused)
      expect(refusal?.(reference)).toMatchObject({ code: 'INVALID_REQUEST', reason, remedy })
    const fine = [
      parameter('/a:3'),
      parameter('/a', { version: 3 }),
      parameter(arn, { label: 'x' }),
      parameter('/a', { decrypt: false }),
      secret('a:b'),
      secret('/aws/reference/secretsmanager/db'),
    ]
    for (const reference of fine) expect(refusal?.(reference)).toBeUndefined()
  })
})
