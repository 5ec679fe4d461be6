import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { inspect } from 'node:util'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { describe, expect, it } from '@jest/globals'
import {
  ask,
  canary,
  contextOf,
  count,
  newSdk,
  parameter,
  read,
  secret,
  startAccount,
  type Told,
  useEndpoint,
} from './account.ts'
import { startAws } from './aws.ts'

const megabyte = 1024 * 1024

/** Begins a well-formed answer whose value never ends, until the client has had enough; resolves to the bytes sent. */
function flood(response: ServerResponse): Promise<number> {
  let sent = 0
  return new Promise((resolve) => {
    const write = () => {
      while (!response.destroyed && sent < 64 * megabyte) {
        sent += megabyte
        if (!response.write(canary.padEnd(megabyte, 'x'))) return void response.once('drain', write)
      }
      response.end()
    }
    response.once('close', () => resolve(sent))
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
    response.write('{"SecretString":"')
    write()
  })
}

describe('an answer that is larger than any can be', () => {
  it('is an error before it has been read to its end', async () => {
    const floods: Promise<number>[] = []
    await using _aws = await startAws((_asked, response) => void floods.push(flood(response)))
    const told: Told = { events: [], retries: [] }
    const [outcome] = await ask(newSdk(), [secret('prod/db')], contextOf(told))

    expect(outcome).toMatchObject({ ok: false, error: { code: 'TOO_LARGE', id: 'prod/db', source: 'sdk' } })
    expect(floods).toHaveLength(1)
    expect(await floods[0]).toBeLessThan(32 * megabyte)
    expect(JSON.stringify([outcome, told])).not.toContain(canary)
    expect(inspect(outcome, { depth: 9, showHidden: true })).not.toContain(canary)
  })

  it('is an error before it is read where its length says so', async () => {
    const closed = Promise.withResolvers<void>()
    await using _aws = await startAws((_asked, response) => {
      response.once('close', closed.resolve)
      response.writeHead(200, {
        'content-type': 'application/x-amz-json-1.1',
        'content-length': 64 * megabyte,
      })
      response.write('{"SecretString":"')
      return undefined
    })
    // The rest never comes: only the length can tell.
    expect(await read(newSdk(), [secret('prod/db')])).toEqual([{ code: 'TOO_LARGE' }])
    // Nobody waits for it.
    await closed.promise
  })

  it.each(['with its length', 'without it'])('is one byte more than a mebibyte, %s', async (how) => {
    let size = megabyte
    await using _aws = await startAws((_asked, response) => {
      const body = `{"SecretString":"${'x'.repeat(size - 19)}"}`
      if (how === 'without it') response.flushHeaders()
      response.end(body)
      return undefined
    })
    expect(await read(newSdk(), [secret('prod/db')])).toEqual(['x'.repeat(size - 19)])
    size++
    expect(await read(newSdk(), [secret('prod/db')])).toEqual([{ code: 'TOO_LARGE' }])
  })

  it('is what a parameter cannot be either', async () => {
    await using _aws = await startAws((_asked, response) => void flood(response))
    expect(await read(newSdk(), [parameter('/prod/db')])).toEqual([{ code: 'TOO_LARGE' }])
  })

  it('is not looked for in a body that is no stream, such as a test gives', async () => {
    const body = new TextEncoder().encode('{"SecretString":"x"}')
    const requestHandler = { handle: async () => ({ response: { statusCode: 200, headers: {}, body } }) }
    const secretsManager = new SecretsManagerClient({ requestHandler: requestHandler as never })
    useEndpoint('http://127.0.0.1:1')
    expect(await read(newSdk({ secretsManager }), [secret('prod/db')])).toEqual(['x'])
  })

  it.each([
    [{ 'content-length': '7', 'transfer-encoding': 'chunked' }],
    [{ 'content-length': 'seven' }],
    [{}],
  ])('is cut off where the headers do not bound it: %j', async (headers) => {
    const body = Readable.from(Array.from({ length: 8 }, () => Buffer.alloc(megabyte, 'x')))
    const requestHandler = { handle: async () => ({ response: { statusCode: 200, headers, body } }) }
    const secretsManager = new SecretsManagerClient({ requestHandler: requestHandler as never })
    useEndpoint('http://127.0.0.1:1')
    expect(await read(newSdk({ secretsManager }), [secret('prod/db')])).toEqual([{ code: 'TOO_LARGE' }])
  })

  it('is no longer than its length says, whatever follows', async () => {
    await using _aws = await startAws((_asked, response) => {
      const body = '{"SecretString":"x"}'
      response.socket?.write(
        `HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: ${body.length}\r\n\r\n${body}${canary.padEnd(megabyte)}`,
      )
      return undefined
    })
    expect(await read(newSdk(), [secret('prod/db')])).toEqual(['x'])
  })

  it('is not twenty of the longest secrets, every character of them escaped', async () => {
    const longest = '\u0001'.repeat(65_536)
    const ids = count(20).map((index) => `prod/${index}`)
    await using _local = await startAccount({ secrets: Object.fromEntries(ids.map((id) => [id, longest])) })
    expect(
      await read(
        newSdk(),
        ids.map((id) => secret(id)),
      ),
    ).toEqual(ids.map(() => longest))
  })
})
