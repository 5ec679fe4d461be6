import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { beforeAll, describe, expect, it } from '@jest/globals'
import {
  ask,
  contextOf,
  count,
  newSdk,
  parameter,
  read,
  secret,
  startAccount,
  type Told,
  tree,
  useEndpoint,
} from './account.ts'
import { Exception, startAws } from './aws.ts'

const told = (): Told => ({ events: [], retries: [] })

// Loading the SDK blocks for longer than some of these signals wait.
beforeAll(async () => {
  await Promise.all([import('@aws-sdk/client-secrets-manager'), import('@aws-sdk/client-ssm')])
}, 30_000)

describe('the time of a load', () => {
  it('ends every outcome, however AWS hangs', async () => {
    await using local = await startAccount({ secrets: { a: '1', b: '2' }, parameters: { '/a': '1' } })
    for (const play of ['hang', 'drip'] as const) {
      local.faults[play]()
      const heard = told()
      const references = [secret('a'), secret('b'), parameter('/a'), tree('/')]
      const outcomes = await ask(newSdk(), references, contextOf(heard, AbortSignal.timeout(150)))
      // The SDK would have tried again before it gave up.
      expect(heard.retries).toEqual([])
      expect(outcomes).toMatchObject(
        references.map(({ id }) => ({ ok: false, error: { code: 'TIMEOUT', id } })),
      )
      await local.faults.clear()
    }
  })

  it('ends what waits for its turn, and frees the turns of others', async () => {
    const arrived = Promise.withResolvers<void>()
    await using aws = await startAws(({ operation }) => {
      if (operation === 'GetParameters') return { Parameters: [{ Name: '/a', Value: '1' }] }
      arrived.resolve()
      return undefined
    })
    const source = newSdk({ concurrency: 1 })
    const [runs, waits] = [new AbortController(), new AbortController()]
    const hanging = read(source, [secret('a')], contextOf(told(), runs.signal))
    const waiting = read(source, [secret('b')], contextOf(told(), waits.signal))
    const third = read(source, [parameter('/a')])
    await arrived.promise
    waits.abort()
    expect(await waiting).toEqual([{ code: 'TIMEOUT' }])
    runs.abort()
    expect(await hanging).toEqual([{ code: 'TIMEOUT' }])
    expect(await third).toEqual(['1'])
    expect(aws.operations()).toEqual(['GetSecretValue', 'GetParameters'])
  })

  it('ends the request too', async () => {
    const [arrived, closed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    await using _aws = await startAws((_asked, response) => {
      response.once('close', closed.resolve)
      arrived.resolve()
      return undefined
    })
    // By itself this client would wait for ever.
    const secretsManager = new SecretsManagerClient({ requestHandler: { requestTimeout: 0 }, maxAttempts: 1 })
    const load = new AbortController()
    const reading = read(newSdk({ secretsManager }), [secret('a')], contextOf(told(), load.signal))
    await arrived.promise
    load.abort()
    await closed.promise
    expect(await reading).toEqual([{ code: 'TIMEOUT' }])
  })

  it('is over before it began', async () => {
    await using local = await startAccount({ secrets: { a: '1' } })
    expect(await read(newSdk(), [secret('a')], contextOf(told(), AbortSignal.abort()))).toEqual([
      { code: 'TIMEOUT' },
    ])
    expect(local.calls.total).toBe(0)
  })

  it('ends although the SDK still looks for credentials', async () => {
    useEndpoint('http://127.0.0.1:1')
    const secretsManager = new SecretsManagerClient({ credentials: () => new Promise(() => {}) })
    const context = contextOf(told(), AbortSignal.timeout(50))
    expect(await read(newSdk({ secretsManager }), [secret('a')], context)).toEqual([{ code: 'TIMEOUT' }])
  })

  it('is enough for three attempts at a connection that hangs', async () => {
    await using local = await startAccount({ secrets: { a: '1' } })
    local.faults.hang({ times: 2 })
    const heard = told()
    expect(await read(newSdk(), [secret('a')], contextOf(heard))).toEqual(['1'])
    expect(heard.retries).toEqual(['a TIMEOUT', 'a TIMEOUT'])
  })
})

describe('the outcomes', () => {
  it('of one batch do not wait for those of another', async () => {
    await using local = await startAccount({ secrets: { a: '1' }, parameters: { '/a': '1' } })
    local.faults.hang({ ids: 'a' })
    const load = new AbortController()
    const [slow, quick] = (await newSdk().fetch(
      [secret('a'), parameter('/a')],
      contextOf(told(), load.signal),
    )) as [unknown, unknown]
    expect(await quick).toMatchObject({ ok: true, value: '1' })
    load.abort()
    expect(await slow).toMatchObject({ ok: false })
  })

  it('come of at most so many requests at a time', async () => {
    const running = { now: 0, most: 0 }
    await using _aws = await startAws(({ input }, response) => {
      running.most = Math.max(running.most, ++running.now)
      setTimeout(() => {
        running.now--
        response.end(JSON.stringify({ Name: input['SecretId'], SecretString: 'x' }))
      }, 20)
      return undefined
    })
    const references = count(12).map((number) => secret(`s${number}`, { stage: 'AWSPENDING' }))
    expect(await read(newSdk({ concurrency: 3 }), references)).toEqual(references.map(() => 'x'))
    expect(running.most).toBe(3)
  })

  it('tell an attempt that failed when another follows', async () => {
    let attempts = 0
    await using _aws = await startAws(() =>
      ++attempts === 1 ? new Exception('InternalServiceError', 500) : { SecretString: 'x' },
    )
    const heard = told()
    expect(await read(newSdk(), [secret('a')], contextOf(heard))).toEqual(['x'])
    expect(heard.retries).toEqual(['a SERVICE_FAILED'])
  })
})
