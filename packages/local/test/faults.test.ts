import { connect } from 'node:net'
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Local, startLocal } from '../src/index.ts'
import { askLayer } from './ask.ts'

const NOT_READY = 'not ready to serve traffic, please wait'

describe('faults', () => {
  let local: Local
  let time: number

  beforeEach(async () => {
    time = 1_700_000_000_000
    local = await startLocal({
      secrets: { 'prod/a': 'one', 'prod/b': 'two', c: 'three' },
      parameters: { '/p': 'x' },
      now: () => time,
      environment: { PARAMETERS_SECRETS_EXTENSION_CACHE_SIZE: '0' },
    })
  })
  afterEach(() => local.close())

  const get = (id: string) => askLayer(local.url, `/secretsmanager/get?secretId=${encodeURIComponent(id)}`)
  const texts = async (...ids: string[]) => {
    const found: string[] = []
    for (const id of ids) found.push((await get(id)).text)
    return found.map((text) => (text === NOT_READY ? 'not ready' : text.startsWith('{') ? 'ok' : 'failed'))
  }

  describe('notReady', () => {
    it('lasts until ready', async () => {
      local.faults.notReady()
      expect(await get('c')).toMatchObject({ status: 400, text: NOT_READY })
      local.faults.ready()
      expect(await texts('c')).toEqual(['ok'])
    })

    it('lasts for so many milliseconds', async () => {
      local.faults.notReady(500)
      time += 499
      expect(await texts('c')).toEqual(['not ready'])
      time += 1
      expect(await texts('c')).toEqual(['ok'])
    })

    it('lasts for so many requests, and asks AWS nothing', async () => {
      local.faults.notReady({ times: 2 })
      expect(await texts('c', 'c', 'c')).toEqual(['not ready', 'not ready', 'ok'])
      expect(local.calls.layer.secretsmanager).toBe(3)
      expect(local.calls.upstream).toBe(1)
    })
  })

  describe('their scope', () => {
    it('is an id, its ARN, or all that begin alike', async () => {
      const { arn } = local.account.secrets.get('prod/a')
      local.faults.opaque({ ids: 'prod/a' })
      expect(await texts('prod/a', arn, 'prod/b')).toEqual(['failed', 'failed', 'ok'])
      await local.faults.clear()
      local.faults.deny('prod/*')
      expect(await texts('prod/a', 'prod/b', 'c')).toEqual(['failed', 'failed', 'ok'])
    })

    it('is one fault that can be taken away alone', async () => {
      const denied = local.faults.deny('c')
      local.faults.deny('prod/a')
      denied.clear()
      expect(await texts('c', 'prod/a')).toEqual(['ok', 'failed'])
    })

    it('is a side: the layer, or AWS behind it', async () => {
      local.faults.status(503, 'down', { at: 'aws', times: 1 })
      expect((await get('c')).text).toContain('unexpected error')
      local.faults.status(503, 'down', { at: 'layer', times: 1 })
      expect(await get('c')).toMatchObject({ status: 503, text: 'down' })
      expect(await texts('c')).toEqual(['ok'])
    })

    it.each([
      [{ time: 1 }, 'unknown option "time". Did you mean "times"?'],
      [{ times: 0 }, 'times is 0; it is a whole number from 1.'],
      [{ milliseconds: -1 }, 'milliseconds is -1; it is a number above 0.'],
      [{ at: 'sdk' }, 'at is "sdk"; it is "layer" or "aws".'],
    ])('is refused when it is %j', (scope, message) => {
      expect(() => local.faults.hang(scope as object)).toThrow(message)
    })
  })

  describe('on the connection', () => {
    it('delay an answer', async () => {
      local.faults.slow(30)
      const before = performance.now()
      expect(await texts('c')).toEqual(['ok'])
      expect(performance.now() - before).toBeGreaterThanOrEqual(29)
    })

    it('go together: late and denied', async () => {
      local.faults.slow(1)
      local.faults.opaque()
      expect(await texts('c')).toEqual(['failed'])
    })

    it('send a body byte by byte', async () => {
      local.faults.drip({ intervalMilliseconds: 1, times: 1 })
      expect(JSON.parse((await get('c')).text).SecretString).toBe('three')
    })

    it('send nothing, and leave no timer, to a client that has gone before', async () => {
      const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
      const before = timers()
      local.faults.slow(50)
      local.faults.drip({ intervalMilliseconds: 10 })
      const gone = connect(local.port, '127.0.0.1')
      gone.write('GET /secretsmanager/get?secretId=c HTTP/1.1\r\nHost: localhost\r\n')
      gone.write('X-Aws-Parameters-Secrets-Token: local-session-token\r\n\r\n')
      while (local.calls.total === 0) await new Promise(setImmediate)
      gone.destroy()
      while (local.calls.list.length === 0) await new Promise(setImmediate)
      for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate)
      // One that drips for nobody would go on for ever.
      expect(timers()).toBeLessThanOrEqual(before)
    })

    it('end half way', async () => {
      local.faults.truncate({ times: 1 })
      await expect(get('c')).rejects.toMatchObject({ code: 'ECONNRESET' })
      expect(await texts('c')).toEqual(['ok'])
    })

    it('reset', async () => {
      local.faults.reset({ times: 1 })
      await expect(get('c')).rejects.toMatchObject({ code: 'ECONNRESET' })
    })

    it('speak no HTTP', async () => {
      local.faults.garbage({ times: 1 })
      await expect(get('c')).rejects.toMatchObject({ code: expect.stringMatching(/^HPE_/) })
    })

    it('answer what they are told to', async () => {
      local.faults.respond({ status: 200, body: '[]' }, { times: 1 })
      local.faults.respond(({ path }) => ({ status: 418, body: path }), { times: 1 })
      local.faults.redirect('http://127.0.0.1:1/', { times: 1 })
      expect(await get('c')).toMatchObject({ status: 200, text: '[]' })
      expect(await get('c')).toMatchObject({ status: 418, text: '/secretsmanager/get' })
      expect(await get('c')).toMatchObject({ status: 302, headers: { location: 'http://127.0.0.1:1/' } })
      expect(local.calls.upstream).toBe(0)
    })

    it('send far more than a secret', async () => {
      local.faults.hugeBody({ bytes: 2_000_000, times: 1 })
      const { SecretString } = JSON.parse((await get('c')).text)
      expect(SecretString).toHaveLength(2_000_000)
    })

    it('hang until the stand-in closes, and keep nothing', async () => {
      local.faults.hang()
      local.faults.slow(60_000, { ids: 'prod/a' })
      const hanging = [get('c'), get('prod/a')].map((answer) => answer.catch((error) => error.code))
      while (local.calls.layer.secretsmanager < 2) await askLayer(local.url, '/')
      await local.close()
      expect(await Promise.all(hanging)).toEqual(['ECONNRESET', 'ECONNRESET'])
    })

    it('meet the SDK too', async () => {
      const client = new SecretsManagerClient({
        endpoint: local.url,
        region: 'eu-west-1',
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
        maxAttempts: 2,
      })
      local.faults.reset({ at: 'aws', times: 1 })
      await client.send(new GetSecretValueCommand({ SecretId: 'c' }))
      expect(local.calls.aws.GetSecretValue).toBe(2)
      expect(local.calls.list.map(({ outcome }) => outcome)).toEqual(['(reset)', '200'])
      client.destroy()
    })
  })

  describe('refuse', () => {
    it('closes the port, and opens the same one again', async () => {
      await local.faults.refuse()
      await expect(get('c')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
      await local.faults.accept()
      expect(await texts('c')).toEqual(['ok'])
    })

    it('opens it by itself after its time', async () => {
      await local.faults.refuse({ milliseconds: 20 })
      let outcome = ''
      while (outcome !== 'ok') outcome = await texts('c').then(String, ({ code }) => code)
    })

    it('ends with the other faults', async () => {
      local.faults.hang()
      await local.faults.refuse()
      await local.faults.clear()
      expect(await texts('c')).toEqual(['ok'])
    })

    it('is not undone by a close', async () => {
      await local.faults.refuse({ milliseconds: 20 })
      await local.close()
      await local.faults.accept()
      await expect(get('c')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    })
  })

  it('keeps an idle connection for ever, as the layer does', async () => {
    const socket = connect(local.port, '127.0.0.1')
    let received = ''
    socket.on('data', (chunk) => {
      received += chunk
    })
    socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
    while (!received.includes('404 page')) await new Promise((resolve) => socket.once('data', resolve))
    // Node's default would announce five seconds here.
    expect(received).not.toContain('timeout=')
    socket.destroy()
  })

  it('lets a throttle save up no more than its burst', async () => {
    local.faults.throttle({ perSecond: 10, burst: 1, service: 'secretsmanager' })
    time += 60_000
    expect(await texts('c', 'c')).toEqual(['ok', 'failed'])
    expect((await askLayer(local.url, '/systemsmanager/parameters/get?name=%2Fp')).status).toBe(200)
  })

  it('suggests the action that was meant', () => {
    expect(() => local.faults.deny('secretsmanager:GetSecretValues')).toThrow(
      'unknown action "secretsmanager:GetSecretValues". Did you mean "secretsmanager:GetSecretValue"?',
    )
  })
})
