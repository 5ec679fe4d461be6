import { describe, expect, it } from '@jest/globals'
import { createSecrets, json, list, tree as treeOf } from '@secrets-cache/core'
import { sdk } from '../src/index.ts'
import { ask, count, newSdk, parameter, read, secret, startAccount, tree } from './account.ts'

describe('sdk', () => {
  it('answers secrets, parameters and trees together, in the order they were asked', async () => {
    await using _local = await startAccount({
      secrets: { 'prod/db': { user: 'app' }, empty: '', bytes: Uint8Array.of(0, 255) },
      parameters: { '/prod/url': 'https://x', '/prod/hosts': ['a', 'b'], '/prod/db/port': '5432' },
    })
    expect(
      await read(newSdk(), [
        parameter('/prod/hosts'),
        secret('empty'),
        tree('/prod'),
        secret('bytes'),
        parameter('/prod/url'),
        secret('prod/db'),
        secret('nothing'),
      ]),
    ).toEqual([
      ['a', 'b'],
      '',
      { 'db/port': '5432', hosts: ['a', 'b'], url: 'https://x' },
      Uint8Array.of(0, 255),
      'https://x',
      '{"user":"app"}',
      { code: 'NOT_FOUND' },
    ])
  })

  it('asks three times for 12 parameters and 3 secrets', async () => {
    const names = count(12).map((number) => `/p/${number}`)
    await using local = await startAccount({
      secrets: { a: '1', b: '2', c: '3' },
      parameters: Object.fromEntries(names.map((name) => [name, name])),
    })
    const values = await read(newSdk(), [
      ...names.map((name) => parameter(name)),
      ...['a', 'b', 'c'].map((id) => secret(id)),
    ])
    expect(values).toEqual([...names, '1', '2', '3'])
    expect(local.calls.aws).toMatchObject({ GetParameters: 2, BatchGetSecretValue: 1 })
    expect(local.calls.upstream).toBe(3)
  })

  it('asks once for what is asked twice', async () => {
    await using local = await startAccount({ secrets: { a: '1' }, parameters: { '/p': '2' } })
    const references = [secret('a'), parameter('/p'), secret('a'), parameter('/p'), tree('/'), tree('/')]
    const [first, second, third, fourth] = await read(newSdk(), references)
    expect([first, second, third, fourth]).toEqual(['1', '2', '1', '2'])
    expect(local.calls.upstream).toBe(3)
  })

  it('serves createSecrets', async () => {
    await using _local = await startAccount({
      secrets: { 'prod/db': { user: 'app' } },
      parameters: { '/prod/hosts': ['a', 'b'], '/prod/db/port': '5432' },
    })
    const { secrets, parameters } = await createSecrets({
      source: newSdk(),
      secrets: { db: json<{ user: string }>('prod/db') },
      parameters: { hosts: list('/prod/hosts'), all: treeOf('/prod', { recursive: true }) },
    }).read()
    expect(secrets.db).toEqual({ user: 'app' })
    expect(parameters.hosts).toEqual(['a', 'b'])
    expect(parameters.all).toEqual({ 'db/port': '5432', hosts: ['a', 'b'] })
  })

  it('says what it is', () => {
    expect(sdk()).toMatchObject({ name: 'sdk', refreshable: true, duringInit: true })
  })

  it('names the id and itself in an error', async () => {
    await using _local = await startAccount({})
    const [outcome] = await ask(newSdk(), [secret('prod/db')])
    expect(outcome).toMatchObject({ ok: false, error: { id: 'prod/db', source: 'sdk', code: 'NOT_FOUND' } })
  })
})
