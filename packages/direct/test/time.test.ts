import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'
import {
  ask,
  contextOf,
  count,
  newDirect,
  parameter,
  read,
  secret,
  startAccount,
  told,
  tree,
  useEndpoint,
} from './account.ts'
import { startAws } from './aws.ts'
import { closeStarted } from './close-started.ts'

afterEach(closeStarted)

describe('the time of a load', () => {
  it.each(['hang', 'drip'] as const)('ends every outcome: %s', async (play) => {
    const local = await startAccount({ secrets: { a: '1', b: '2' }, parameters: { '/a': '1' } })
    local.faults[play]()
    const heard = told()
    const references = [secret('a'), secret('b'), parameter('/a'), tree('/')]
    const outcomes = await ask(newDirect(), references, contextOf(heard, AbortSignal.timeout(150)))
    expect(heard.retries).toEqual([])
    expect(outcomes).toMatchObject(
      references.map(({ id }) => ({ ok: false, error: { code: 'TIMEOUT', id } })),
    )
  })

  it('ends what waits for its turn, and frees the turns of others', async () => {
    const arrived = Promise.withResolvers<void>()
    const aws = await startAws(({ operation }) => {
      if (operation === 'GetParameters') return { Parameters: [{ Name: '/a', Value: '1' }] }
      arrived.resolve()
      return undefined
    })
    const source = newDirect({ concurrency: 1 })
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
    await startAws((_asked, response) => {
      response.once('close', closed.resolve)
      arrived.resolve()
      return undefined
    })
    const load = new AbortController()
    const reading = read(newDirect(), [secret('a')], contextOf(told(), load.signal))
    await arrived.promise
    load.abort()
    await closed.promise
    expect(await reading).toEqual([{ code: 'TIMEOUT' }])
  })

  it('is over before it began', async () => {
    const local = await startAccount({ secrets: { a: '1' } })
    const context = contextOf(told(), AbortSignal.abort())
    expect(await read(newDirect(), [secret('a')], context)).toEqual([{ code: 'TIMEOUT' }])
    expect(local.calls.total).toBe(0)
  })

  it('is enough for three attempts at a connection that hangs', async () => {
    const local = await startAccount({ secrets: { a: '1' } })
    local.faults.hang({ times: 2 })
    const heard = told()
    expect(await read(newDirect(), [secret('a')], contextOf(heard))).toEqual(['1'])
    expect(heard.retries).toEqual(['a TIMEOUT', 'a TIMEOUT'])
  })
})

// A queue of connections that nobody accepts is full at once on Linux only.
const onLinux = process.platform === 'linux' ? describe : describe.skip

onLinux('a connection that is never made', () => {
  it('is a TIMEOUT that says what to open', async () => {
    const server = createServer({ pauseOnConnect: true })
    await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, resolve))
    const { port } = server.address() as AddressInfo
    // Handles of a server that is not read by the event loop: nothing accepts.
    ;(server as unknown as { _handle: { onconnection: unknown; unref: () => void } })._handle.onconnection =
      () => {}
    const fillers = count(8).map(() => connect(port, '127.0.0.1').on('error', () => {}))
    useEndpoint(`https://127.0.0.1:${port}`)
    const [outcome] = await ask(newDirect(), [secret('a')])
    expect(outcome).toMatchObject({
      error: {
        code: 'TIMEOUT',
        reason: 'no connection was made',
        remedy: expect.stringMatching(/VPC endpoint.*NAT gateway.*security group/),
      },
    })
    for (const filler of fillers) filler.destroy()
    server.close()
  })
})

describe('the outcomes', () => {
  it('of one batch do not wait for those of another', async () => {
    const local = await startAccount({ secrets: { a: '1' }, parameters: { '/a': '1' } })
    local.faults.hang({ ids: 'a' })
    const load = new AbortController()
    const [slow, quick] = (await newDirect().fetch(
      [secret('a'), parameter('/a')],
      contextOf(told(), load.signal),
    )) as [unknown, unknown]
    expect(await quick).toMatchObject({ ok: true, value: '1' })
    load.abort()
    expect(await slow).toMatchObject({ ok: false })
  })

  it('come of at most so many requests at a time', async () => {
    const running = { now: 0, most: 0 }
    await startAws(({ input }, response) => {
      running.most = Math.max(running.most, ++running.now)
      setTimeout(() => {
        running.now--
        response.end(JSON.stringify({ Name: input['SecretId'], SecretString: 'x' }))
      }, 20)
      return undefined
    })
    const references = count(12).map((number) => secret(`s${number}`, { stage: 'AWSPENDING' }))
    expect(await read(newDirect({ concurrency: 3 }), references)).toEqual(references.map(() => 'x'))
    expect(running.most).toBe(3)
  })
})
