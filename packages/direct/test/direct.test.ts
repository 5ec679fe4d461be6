import { afterEach, describe, expect, it } from '@jest/globals'
import { createSecrets, json, list, tree as treeOf } from '@secrets-cache/core'
import { sourceContract } from '@secrets-cache/core/testing'
import { direct } from '../src/index.ts'
import { ask, count, newDirect, parameter, read, secret, startAccount, tree } from './account.ts'
import { startAws } from './aws.ts'
import { closeStarted } from './close-started.ts'

afterEach(closeStarted)

describe('direct', () => {
  it('answers secrets, parameters and trees together, in the order they were asked', async () => {
    await startAccount({
      secrets: { 'prod/db': { user: 'app' }, empty: '', bytes: Uint8Array.of(0, 255) },
      parameters: { '/prod/url': 'https://x', '/prod/hosts': ['a', 'b'], '/prod/db/port': '5432' },
    })
    expect(
      await read(newDirect(), [
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
    const local = await startAccount({
      secrets: { a: '1', b: '2', c: '3' },
      parameters: Object.fromEntries(names.map((name) => [name, name])),
    })
    const references = [...names.map((name) => parameter(name)), ...['a', 'b', 'c'].map((id) => secret(id))]
    expect(await read(newDirect(), references)).toEqual([...names, '1', '2', '3'])
    expect(local.calls.aws).toMatchObject({ GetParameters: 2, BatchGetSecretValue: 1 })
    expect(local.calls.upstream).toBe(3)
  })

  it('serves createSecrets', async () => {
    await startAccount({
      secrets: { 'prod/db': { user: 'app' } },
      parameters: { '/prod/hosts': ['a', 'b'], '/prod/db/port': '5432' },
    })
    const { secrets, parameters } = await createSecrets({
      source: newDirect(),
      secrets: { db: json<{ user: string }>('prod/db') },
      parameters: { hosts: list('/prod/hosts'), all: treeOf('/prod', { recursive: true }) },
    }).read()
    expect(secrets.db).toEqual({ user: 'app' })
    expect(parameters.hosts).toEqual(['a', 'b'])
    expect(parameters.all).toEqual({ 'db/port': '5432', hosts: ['a', 'b'] })
  })

  it('says what it is', () => {
    expect(direct()).toMatchObject({ name: 'direct', refreshable: true, duringInit: true })
    expect(direct().refusal?.(parameter('/a:1', { version: 1 }))).toMatchObject({ code: 'INVALID_REQUEST' })
  })

  it('names the id and itself in an error', async () => {
    await startAccount({})
    const [outcome] = await ask(newDirect(), [secret('prod/db')])
    expect(outcome).toMatchObject({
      ok: false,
      error: { id: 'prod/db', source: 'direct', code: 'NOT_FOUND' },
    })
  })

  it('asks for each secret by itself where the role lacks the batch action, and tells that once', async () => {
    const local = await startAccount({ secrets: { a: '1', b: '2' } })
    local.faults.deny('secretsmanager:BatchGetSecretValue')
    const source = newDirect()
    for (const calls of [1, 2]) {
      expect(await read(source, [secret('a'), secret('b')])).toEqual(['1', '2'])
      expect(local.calls.aws).toMatchObject({ BatchGetSecretValue: 1, GetSecretValue: 2 * calls })
    }
  })

  it('has a different identity for each place and for each thing that may lead to another account', async () => {
    await startAws(() => ({}))
    const credentials = () => ({ accessKeyId: 'a', secretAccessKey: 'b' })
    const environment = { AWS_REGION: 'eu-west-1' }
    const identities = [
      {},
      { region: 'us-east-1' },
      { credentials },
      { credentials: () => credentials() },
      { environment },
      { environment: { ...environment } },
    ].map((options) => direct(options).identity)
    expect(new Set(identities).size).toBe(identities.length)
    expect([direct().identity, direct({ credentials }).identity]).toEqual([identities[0], identities[2]])
    delete process.env['AWS_REGION']
    expect(direct().identity).toMatch(/^direct\(http/)
  })
})

describe('the contract of sources', () => {
  const stored = { secrets: { a: 'value-a', bytes: Uint8Array.of(1, 2) }, parameters: { '/b': 'value-b' } }
  const checks = sourceContract({
    source: () => newDirect(),
    known: [
      { reference: secret('a'), value: 'value-a' },
      { reference: secret('bytes'), value: Uint8Array.of(1, 2) },
      { reference: parameter('/b'), value: 'value-b' },
      { reference: tree('/'), value: { b: 'value-b' } },
    ],
    missing: [secret('none'), parameter('/none'), tree('/none')],
  })

  it.each(checks)('$name', async ({ run }) => {
    await startAccount(stored)
    await run()
  })
})
