import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Local, startLocal } from '../../src/index.ts'
import { askLayer } from '../ask.ts'
import { tellPage } from './ask-page.ts'

let local: Local
beforeEach(async () => {
  local = await startLocal({
    secrets: { db: { user: 'app', password: 'Old-1' }, bytes: new Uint8Array([1, 2]) },
    parameters: { '/p': 'one' },
  })
})
afterEach(() => local.close())

const versionsOf = (name: string) => [...local.account.secrets.get(name).versions.values()]

describe('the account in the page', () => {
  it('shows one version of one value', async () => {
    const [db, bytes] = [versionsOf('db')[0], versionsOf('bytes')[0]]
    expect(await tellPage(local, 'value', { kind: 'secret', name: 'db', version: db?.id })).toEqual({
      text: '{"user":"app","password":"Old-1"}',
    })
    expect(await tellPage(local, 'value', { kind: 'secret', name: 'bytes', version: bytes?.id })).toEqual({
      base64: 'AQI=',
    })
    expect(await tellPage(local, 'value', { kind: 'parameter', name: '/p', version: '1' })).toEqual({
      text: 'one',
    })
  })

  it('rotates what is there, and adds what is not', async () => {
    await tellPage(local, 'rotate', { kind: 'secret', name: 'db', text: 'next' })
    expect(versionsOf('db').map(({ stages }) => [...stages])).toEqual([['AWSPREVIOUS'], ['AWSCURRENT']])
    await tellPage(local, 'rotate', { kind: 'secret', name: 'bytes', base64: 'Aw==' })
    expect(versionsOf('bytes').at(-1)?.value).toEqual(new Uint8Array([3]))
    await tellPage(local, 'add', { kind: 'parameter', name: '/q', text: 'a,b', type: 'StringList' })
    expect(local.account.parameters.get('/q').versions).toMatchObject([{ type: 'StringList', value: 'a,b' }])
    await expect(tellPage(local, 'add', { kind: 'parameter', name: '/q', text: 'x' })).rejects.toThrow(
      'There is a parameter "/q" already.',
    )
    await expect(tellPage(local, 'rotate', { kind: 'secret', name: 'no', text: 'x' })).rejects.toThrow(
      'There is no secret "no" any more.',
    )
  })

  it('generates a value in the shape of the old one, and stores nothing yet', async () => {
    const version = versionsOf('db')[0]?.id
    const made = (await tellPage(local, 'generate', { kind: 'secret', name: 'db', version })) as {
      text: string
    }
    const { user, password } = JSON.parse(made.text)
    expect(user).toBe('app')
    expect(password).toMatch(/^[A-Z][a-z]{2}-\d$/)
    expect(versionsOf('db')).toHaveLength(1)
  })

  it('deletes, labels and stages', async () => {
    await tellPage(local, 'rotate', { kind: 'secret', name: 'db', text: 'next' })
    const [first] = versionsOf('db')
    await tellPage(local, 'stage', { name: 'db', label: 'AWSCURRENT', version: first?.id })
    expect([...(first?.stages ?? [])]).toEqual(['AWSCURRENT'])
    await tellPage(local, 'label', { name: '/p', label: 'live', version: '1' })
    expect([...(local.account.parameters.get('/p').versions[0]?.labels ?? [])]).toEqual(['live'])
    await tellPage(local, 'delete', { kind: 'secret', name: 'db' })
    expect(local.account.secrets.find('db')).toBeUndefined()
    await expect(tellPage(local, 'label', { name: '/p', label: '1', version: '1' })).rejects.toThrow(
      'is no label',
    )
  })

  it('forgets and resets', async () => {
    const get = async () => (await askLayer(local.url, '/secretsmanager/get?secretId=db')).text
    await get()
    await tellPage(local, 'rotate', { kind: 'secret', name: 'db', text: 'next' })
    expect(await get()).toContain('Old-1')
    await tellPage(local, 'forget')
    expect(await get()).toContain('next')
    await tellPage(local, 'reset')
    expect(await get()).toContain('Old-1')
  })

  it('names a command that it does not know', async () => {
    await expect(tellPage(local, 'rotat')).rejects.toThrow(
      'There is no command "rotat". Did you mean "rotate"?',
    )
  })
})

describe('the faults in the page', () => {
  const get = async () => (await askLayer(local.url, '/secretsmanager/get?secretId=db')).status

  it.each([
    ['notReady', {}, 400],
    ['opaque', {}, 400],
    ['deny', {}, 400],
    ['deny', { action: 'secretsmanager:GetSecretValue' }, 400],
    ['throttle', { perSecond: 0, service: 'secretsmanager' }, 400],
    ['fail', { code: 'InternalServiceError' }, 400],
    ['slow', { milliseconds: 1 }, 200],
    ['drip', { milliseconds: 1 }, 200],
    ['status', { status: 502, body: 'x' }, 502],
    ['redirect', { location: 'http://127.0.0.1:9/' }, 302],
    ['hugeBody', { bytes: 1000 }, 200],
  ])('%s %j', async (name, settings, status) => {
    await tellPage(local, 'fault', { name, settings, scope: { times: 1 } })
    expect(await get()).toBe(status)
    await tellPage(local, 'endFaults')
    expect(await get()).toBe(200)
  })

  it.each(['reset', 'garbage', 'truncate'])('%s', async (name) => {
    await tellPage(local, 'fault', { name, settings: {}, scope: { ids: ['db'], times: 1 } })
    await expect(get()).rejects.toThrow()
    expect(await get()).toBe(200)
  })

  it('denies the names of its scope only', async () => {
    await tellPage(local, 'fault', { name: 'deny', scope: { ids: ['other/*'] } })
    expect(await get()).toBe(200)
  })

  it('says what is wrong', async () => {
    for (const [given, why] of [
      [{ name: 'slwo' }, 'A fault: there is no "slwo". Did you mean "slow"?'],
      [
        { name: 'throttle', settings: { perSecond: 1, service: 's3' } },
        'service is "ssm" or "secretsmanager".',
      ],
      [{ name: 'slow' }, 'A fault: milliseconds must be a number.'],
      [{ name: 'hang', scope: { times: 0 } }, 'times is 0; it is a whole number from 1.'],
      [{ name: 'refuse', settings: { milliseconds: 0 } }, 'milliseconds must be above 0'],
      [{ name: 'deny', settings: { action: 'ssm:GetParamter' } }, 'Did you mean "ssm:GetParameter"?'],
    ] as const)
      await expect(tellPage(local, 'fault', given)).rejects.toThrow(why)
  })
})
