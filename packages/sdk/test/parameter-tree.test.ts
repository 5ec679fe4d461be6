import { describe, expect, it } from '@jest/globals'
import { ask, count, newSdk, read, startAccount, tree } from './account.ts'
import { startAws } from './aws.ts'

describe('a tree', () => {
  it('has every page, by the names below its path', async () => {
    const parameters = Object.fromEntries(count(25).map((number) => [`/app/sub/${number}`, String(number)]))
    await using local = await startAccount({
      parameters: { ...parameters, '/app/hosts': ['a', 'b'], '/apple': 'x' },
    })
    const [outcome] = await ask(newSdk(), [tree('/app')])
    expect(outcome).toMatchObject({
      ok: true,
      value: { hosts: ['a', 'b'], ...Object.fromEntries(count(25).map((n) => [`sub/${n}`, String(n)])) },
    })
    expect(local.calls.aws.GetParametersByPath).toBe(3)
  })

  it('goes on after an empty page', async () => {
    await using local = await startAccount({ parameters: { '/app/a': '1' } })
    local.faults.emptyPages()
    expect(await read(newSdk(), [tree('/app')])).toEqual([{ a: '1' }])
    expect(local.calls.aws.GetParametersByPath).toBe(2)
  })

  it('is one level, or all of them', async () => {
    await using _local = await startAccount({ parameters: { '/app/a': '1', '/app/b/c': '2' } })
    expect(await read(newSdk(), [tree('/app', { recursive: false }), tree('/app')])).toEqual([
      { a: '1' },
      { a: '1', 'b/c': '2' },
    ])
  })

  it('is decrypted, or not', async () => {
    await using _local = await startAccount({
      parameters: { '/app/pw': { type: 'SecureString', value: 'hidden' } },
    })
    const [open, closed] = await read(newSdk(), [tree('/app'), tree('/app', { decrypt: false })])
    expect(open).toEqual({ pw: 'hidden' })
    expect(closed).toEqual({ pw: expect.not.stringContaining('hidden') })
  })

  it('has the versions of its parameters, whatever the order of the pages', async () => {
    const a = { Name: '/app/a', Value: '1', Version: 3 }
    const b = { Name: '/app/b', Value: '2', Version: 4 }
    for (const Parameters of [
      [a, b],
      [b, a],
    ]) {
      await using _aws = await startAws(() => ({ Parameters }))
      const [outcome] = await ask(newSdk(), [tree('/app')])
      expect(outcome).toMatchObject({ version: '/app/a@3 /app/b@4' })
      expect(Object.keys((outcome as { value: object }).value)).toEqual(['a', 'b'])
    }
  })

  it('has the names at the root, with or without their slash', async () => {
    await using _aws = await startAws(() => ({
      Parameters: [
        { Name: 'plain', Value: '1', Version: 1 },
        { Name: '/app', Value: '2', Version: 1 },
      ],
    }))
    expect(await read(newSdk(), [tree('/')])).toEqual([{ app: '2', plain: '1' }])
  })

  it('is not found where there is nothing below its path', async () => {
    await using _local = await startAccount({ parameters: { '/app': '1' } })
    const nothing = [{ error: { code: 'NOT_FOUND', reason: 'there is no parameter below this path' } }]
    expect(await ask(newSdk(), [tree('/app')])).toMatchObject(nothing)
    await using _aws = await startAws(() => ({ Parameters: null }))
    expect(await ask(newSdk(), [tree('/app')])).toMatchObject(nothing)
  })

  it('names the action that the role lacks', async () => {
    await using local = await startAccount({ parameters: { '/app/a': '1' } })
    local.faults.deny('ssm:GetParametersByPath')
    expect(await ask(newSdk(), [tree('/app')])).toMatchObject([
      {
        error: {
          code: 'ACCESS_DENIED',
          id: '/app',
          remedy: expect.stringContaining('ssm:GetParametersByPath'),
        },
      },
    ])
  })

  it.each([
    [
      'comes twice',
      [
        { Name: '/app/a', Value: '1' },
        { Name: '/app/a', Value: '2' },
      ],
    ],
    ['is not below the path', [{ Name: '/other/a', Value: '1' }]],
    ['has no name', [{ Value: '1' }]],
    ['has no value', [{ Name: '/app/a' }]],
  ])('is refused where a parameter %s', async (_, Parameters) => {
    await using _aws = await startAws(() => ({ Parameters }))
    const reason = 'a parameter in it has no value, or not a name of its own'
    expect(await ask(newSdk(), [tree('/app')])).toMatchObject([{ error: { code: 'BAD_RESPONSE', reason } }])
  })

  it('is refused where a parameter is named __proto__', async () => {
    await using _aws = await startAws(() => ({ Parameters: [{ Name: '/app/__proto__', Value: '1' }] }))
    expect(await ask(newSdk(), [tree('/app')])).toMatchObject([
      {
        error: {
          code: 'INVALID_REQUEST',
          reason: 'a parameter below this path is named __proto__',
          remedy: 'Rename it, or declare the others by themselves.',
        },
      },
    ])
  })

  it('holds names such as "constructor" as names', async () => {
    await using _local = await startAccount({ parameters: { '/app/constructor': '1', '/app/toString': '2' } })
    const [value] = await read(newSdk(), [tree('/app')])
    expect(Object.entries(value as object)).toEqual([
      ['constructor', '1'],
      ['toString', '2'],
    ])
  })
})
