import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { connectLocal, type Local, startLocal } from '../src/index.ts'
import { askLayer } from './ask.ts'

/** The same writes in-process and from another process. */
describe.each(['local.account', 'connectLocal'])('%s', (which) => {
  let local: Local
  beforeEach(async () => {
    local = await startLocal({ secrets: { a: 'one' }, parameters: { '/p': 'x' } })
  })
  afterEach(() => local.close())

  const writer = () => (which === 'connectLocal' ? connectLocal(local.url) : local.account)
  const secret = (query: string) => askLayer(local.url, `/secretsmanager/get?secretId=${query}`)
  const parameter = (query: string) => askLayer(local.url, `/systemsmanager/parameters/get?name=${query}`)

  it('creates a secret and a parameter', async () => {
    expect(await writer().putSecret('b', { user: 'x' })).toMatchObject({ kind: 'secret', name: 'b' })
    expect(await writer().putParameter('/q', ['1', '2'])).toMatchObject({ kind: 'parameter', version: '1' })
    expect((await secret('b')).status).toBe(200)
    expect((await parameter('%2Fq')).text).toContain('"1,2"')
  })

  it('deletes either', async () => {
    await writer().delete('a')
    await writer().delete('/p', { kind: 'parameter' })
    expect([(await secret('a')).status, (await parameter('%2Fp')).status]).toEqual([400, 400])
  })

  it('labels a version, and moves the label', async () => {
    local.rotate('/p', 'y')
    await writer().label('/p', 1, 'live', 'old')
    await writer().label('/p', 2, 'live')
    expect((await parameter('%2Fp&label=live')).text).toContain('"y"')
    expect((await parameter('%2Fp&label=old')).text).toContain('"x"')
  })

  it.each(['3', '1st', 'aws-live', 'SSMx', 'a b', '', 'x'.repeat(101), 'a/b'])(
    'refuses the label %j, as AWS does',
    async (label) => {
      await expect(async () => writer().label('/p', 1, label)).rejects.toMatchObject({
        code: expect.stringMatching(/^(INVALID_VALUE|CONTROL)$/),
      })
      expect(local.account.parameters.get('/p').versions[0]?.labels.size).toBe(0)
    },
  )

  it('puts at most ten labels on a version, and on none that is not there', async () => {
    const labels = Array.from({ length: 11 }, (_, index) => `l${index}`)
    await expect(async () => writer().label('/p', 1, ...labels)).rejects.toMatchObject({
      code: 'INVALID_VALUE',
    })
    await expect(async () => writer().label('/p', 7, 'live')).rejects.toMatchObject({ code: 'UNKNOWN_ID' })
  })

  it('moves a stage back to an older version', async () => {
    const [first = ''] = local.account.secrets.get('a').versions.keys()
    local.rotate('a', 'two')
    await writer().stage('a', 'AWSCURRENT', first)
    expect((await secret('a')).text).toContain('"one"')
    expect((await secret('a&versionStage=AWSPREVIOUS')).text).toContain('"two"')
    await expect(async () => writer().stage('a', 'AWSCURRENT', 'none')).rejects.toMatchObject({
      code: 'UNKNOWN_ID',
    })
  })
})

describe('a secret scheduled for deletion', () => {
  it('is refused until it is put again', async () => {
    await using local = await startLocal({ secrets: { a: 'one' } })
    local.account.scheduleDeletion('a')
    expect((await askLayer(local.url, '/secretsmanager/get?secretId=a')).status).toBe(400)
    local.account.putSecret('a', 'two')
    expect((await askLayer(local.url, '/secretsmanager/get?secretId=a')).text).toContain('"two"')
  })
})
