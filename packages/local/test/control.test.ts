import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { connectLocal, type Local, type LocalClient, startLocal } from '../src/index.ts'
import { ask, askLayer } from './ask.ts'

describe('connectLocal', () => {
  let local: Local
  let client: LocalClient

  beforeEach(async () => {
    local = await startLocal({ secrets: { a: 'one' }, parameters: { '/b': 'two' } })
    client = connectLocal(local.url)
  })
  afterEach(() => local.close())

  const secret = async () => (await askLayer(local.url, '/secretsmanager/get?secretId=a')).text

  it('rotates a value, bytes included', async () => {
    const { version } = await client.rotate('a', new Uint8Array([1, 2]))
    expect(JSON.parse(await secret())).toMatchObject({ SecretBinary: 'AQI=', VersionId: version })
    expect(await client.rotate('/b', 'three')).toMatchObject({ kind: 'parameter', version: '2' })
  })

  it('reads the counters', async () => {
    await secret()
    const { layer, aws, upstream, total } = await client.calls()
    expect(layer.secretsmanager).toBe(1)
    expect(aws.GetSecretValue).toBe(1)
    expect({ upstream, total }).toEqual({ upstream: 1, total: 1 })
  })

  it('plays faults and takes them away', async () => {
    await client.faults.notReady({ times: 1 })
    expect(await secret()).toBe('not ready to serve traffic, please wait')
    await client.faults.opaque()
    expect(await secret()).toContain('unexpected error')
    await client.faults.clear()
    expect(await secret()).toContain('one')
  })

  it('takes the port away for a while and gives it back', async () => {
    await client.faults.refuse({ milliseconds: 60_000 })
    await expect(retryUntilRefused(secret)).resolves.toBe('ECONNREFUSED')
    await local.faults.accept()
    expect(await secret()).toContain('one')
  })

  it("empties the layer's cache", async () => {
    await secret()
    await client.rotate('a', 'two')
    expect(await secret()).toContain('one')
    await client.forget()
    expect(await secret()).toContain('two')
  })

  it('puts everything back', async () => {
    await client.rotate('a', 'two')
    await client.rotateToken('other')
    await client.reset()
    expect(await secret()).toContain('one')
    expect((await client.calls()).total).toBe(1)
  })

  it('throws the error that was thrown in the other process', async () => {
    await expect(client.rotate('aa', 'x')).rejects.toMatchObject({
      code: 'UNKNOWN_ID',
      message: 'There is no "aa" in the account. Did you mean "a"?',
    })
    await expect(client.faults.slow(5, { time: 1 } as object)).rejects.toThrow('Did you mean "times"?')
  })

  it('refuses commands, faults and arguments that are none', async () => {
    const headers = { 'content-type': 'application/json' }
    const post = async (command: string, body: string) =>
      JSON.parse((await ask(local.url, `/_local/${command}`, { method: 'POST', headers, body })).text).error
        .message
    expect(await post('rotat', '[]')).toBe('There is no command "rotat". Did you mean "rotate"?')
    expect(await post('constructor', '[]')).toBe('There is no command "constructor".')
    expect(await post('faults', '["hangg"]')).toBe('There is no fault "hangg". Did you mean "hang"?')
    expect(await post('rotate', '{"id":"a"}')).toBe('The body must be a JSON array of arguments.')
    expect(await post('rotate', '[1, "x"]')).toBe('A name, label or token must be text that is not empty.')
    expect(await post('faults', '["slow", "1s"]')).toBe('faults: milliseconds is 1s; it is a number from 0.')
    expect(await post('faults', '["deny", 1]')).toContain('ids is a name')
    expect(await post('faults', '["opaque", null]')).toBe('The command failed.')
  })

  it('hands out the variables a function needs', async () => {
    expect(await client.environment()).toEqual(local.environment)
  })

  it('says when what answers is no stand-in', async () => {
    const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await expect(connectLocal(url).calls()).rejects.toThrow(`No stand-in answers at ${url}.`)
    server.close()
  })

  it('refuses web pages and other hosts', async () => {
    const headers = { 'content-type': 'application/json' }
    const post = (more: Record<string, string>) =>
      ask(local.url, '/_local/calls', { method: 'POST', headers: { ...headers, ...more } })
    expect((await post({})).status).toBe(200)
    expect((await post({ origin: 'http://evil.example' })).status).toBe(403)
    expect((await post({ host: 'evil.example' })).status).toBe(403)
    expect((await post({ 'content-type': 'text/plain' })).status).toBe(403)
  })

  it('ends the stand-in', async () => {
    await client.close()
    await expect(retryUntilRefused(secret)).resolves.toBe('ECONNREFUSED')
  })
})

/** A command that takes the port away is answered before it acts. */
const retryUntilRefused = async (attempt: () => Promise<unknown>): Promise<unknown> => {
  for (;;) {
    try {
      await attempt()
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'ECONNREFUSED') return code
    }
  }
}
