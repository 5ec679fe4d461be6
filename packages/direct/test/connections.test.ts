import type { ServerResponse } from 'node:http'
import { Agent } from 'node:http'
import { afterEach, describe, expect, it } from '@jest/globals'
import { canary, contextOf, count, newDirect, parameter, read, secret, told, tree } from './account.ts'
import { startAws } from './aws.ts'
import { closeStarted } from './close-started.ts'

afterEach(closeStarted)

const value = { SecretString: 'x' }
const several = count(3).map((number) => secret(`${number}`, { stage: 'AWSPENDING' }))

describe('connections', () => {
  it('are kept for the next request, whichever source sends it', async () => {
    const ports = new Set<number | undefined>()
    await startAws((_asked, _response, { socket }) => {
      ports.add(socket.remotePort)
      return value
    })
    for (const _ of count(5)) expect(await read(newDirect(), [secret('a')])).toEqual(['x'])
    expect(ports.size).toBe(1)
  })

  it('that were closed meanwhile are not noticed', async () => {
    const aws = await startAws(() => value)
    const source = newDirect()
    await read(source, several)
    for (const socket of aws.sockets) socket.destroy()
    const heard = told()
    expect(await read(source, several, contextOf(heard))).toEqual(['x', 'x', 'x'])
  })

  it('that die under a request cost one attempt, at once, and the others are dropped with it', async () => {
    let isDead = false
    const aws = await startAws((_asked, response, { socket }) => {
      if (!isDead || !old.has(socket)) return value
      // As a connection ends that was idle for too long on the other side.
      response.socket?.resetAndDestroy()
      return undefined
    })
    const source = newDirect()
    await read(source, several)
    const old = new Set<unknown>(aws.sockets)
    isDead = true
    const heard = told()
    expect(await read(source, [secret('a')], contextOf(heard))).toEqual(['x'])
    expect(heard.retries).toEqual(['a UNREACHABLE'])
    // Of three only one was tried.
    expect(aws.asked).toHaveLength(3 + 2)
    expect(await read(source, several, contextOf(heard))).toEqual(['x', 'x', 'x'])
    expect(heard.retries).toHaveLength(1)
  })

  it('that were not used for half a minute are not used again', async () => {
    const ports = new Set<number | undefined>()
    await startAws((_asked, _response, { socket }) => {
      ports.add(socket.remotePort)
      return value
    })
    const source = newDirect()
    const { now } = Date
    try {
      await read(source, [secret('a')])
      Date.now = () => now() + 29_000
      await read(source, [secret('a')])
      expect(ports.size).toBe(1)
      Date.now = () => now() + 60_000
      await read(source, [secret('a')])
      expect(ports.size).toBe(2)
    } finally {
      Date.now = now
    }
  })

  it('are those of an agent that was passed in', async () => {
    await startAws(() => value)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    expect(await read(newDirect({ agent }), several)).toEqual(['x', 'x', 'x'])
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(1)
    agent.destroy()
  })
})

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
  it.each([secret('a'), parameter('/a'), tree('/a')])(
    'is an error before it has been read to its end: $kind',
    async (reference) => {
      const floods: Promise<number>[] = []
      await startAws((_asked, response) => void floods.push(flood(response)))
      expect(await read(newDirect(), [reference])).toEqual([{ code: 'TOO_LARGE' }])
      expect(floods).toHaveLength(1)
      expect(await floods[0]).toBeLessThan(32 * megabyte)
    },
  )

  it('is an error before it is read where its length says so', async () => {
    const closed = Promise.withResolvers<void>()
    await startAws((_asked, response) => {
      response.once('close', closed.resolve)
      response.writeHead(200, { 'content-length': 64 * megabyte })
      response.write('{"SecretString":"')
      return undefined
    })
    expect(await read(newDirect(), [secret('prod/db')])).toEqual([{ code: 'TOO_LARGE' }])
    await closed.promise
  })

  it.each(['with its length', 'without it'])('is one byte more than a mebibyte, %s', async (how) => {
    let size = megabyte
    await startAws((_asked, response) => {
      const body = `{"SecretString":"${'x'.repeat(size - 19)}"}`
      if (how === 'without it') response.flushHeaders()
      response.end(body)
      return undefined
    })
    expect(await read(newDirect(), [secret('prod/db')])).toEqual(['x'.repeat(size - 19)])
    size++
    expect(await read(newDirect(), [secret('prod/db')])).toEqual([{ code: 'TOO_LARGE' }])
  })
})
