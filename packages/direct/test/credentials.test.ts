import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { createSecrets } from '@secrets-cache/core'
import { createCache } from '@secrets-cache/core/testing'
import { ask, canary, contextOf, newDirect, read, secret, told } from './account.ts'
import { Exception, startAws } from './aws.ts'
import { closeLater, closeStarted } from './close-started.ts'

afterEach(closeStarted)

const minute = 60_000
const keyIn = ({ headers }: IncomingMessage) => /Credential=([^/]*)/.exec(String(headers.authorization))?.[1]

/** Answers with the key that a request was signed with, and with its token. */
const startKeys = () =>
  startAws((_asked, _response, request) => ({
    SecretString: `${keyIn(request)} ${request.headers['x-amz-security-token'] ?? 'no token'}`,
  }))

function forgetKeys(): void {
  for (const name of ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'SESSION_TOKEN'])
    delete process.env[`AWS_${name}`]
}

async function errorOf(source = newDirect()) {
  const [outcome] = await ask(source, [secret('a')])
  if (!outcome || outcome.ok) throw new Error('it did not fail')
  expect(inspect(outcome, { depth: 9, showHidden: true })).not.toContain(canary)
  return outcome.error
}

describe('the credentials of the environment', () => {
  it('are read for each request', async () => {
    await startKeys()
    const source = newDirect()
    expect(await read(source, [secret('a')])).toEqual([`AKIACANARY ${canary}-token`])
    process.env['AWS_ACCESS_KEY_ID'] = 'AKIAROTATED'
    delete process.env['AWS_SESSION_TOKEN']
    expect(await read(source, [secret('a')])).toEqual(['AKIAROTATED no token'])
  })

  it('are those of the environment that was given', async () => {
    const aws = await startKeys()
    forgetKeys()
    const environment = {
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: 'AKIAGIVEN',
      AWS_SECRET_ACCESS_KEY: canary,
    }
    expect(await read(newDirect({ environment }), [secret('a')])).toEqual(['AKIAGIVEN no token'])
  })

  it('are an error that names sdk() where there are none, and nothing is sent', async () => {
    const aws = await startKeys()
    forgetKeys()
    expect(await errorOf()).toMatchObject({
      code: 'TOKEN',
      source: 'direct',
      reason: 'there are no credentials, and nothing was sent',
      remedy: expect.stringMatching(/AWS_ACCESS_KEY_ID.*direct\(\{ credentials \}\).*sdk\(\)/),
    })
    expect(aws.asked).toEqual([])
  })

  it.each([
    ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
    ['AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID'],
  ])('are an error where there is only %s', async (found, missing) => {
    const aws = await startKeys()
    delete process.env[missing]
    expect((await errorOf()).reason).toBe(`${found} is set and ${missing} is not, and nothing was sent`)
    expect(aws.asked).toEqual([])
  })

  it.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])(
    'cannot bring a line into the headers: %s',
    async (name) => {
      const aws = await startKeys()
      process.env[name] += '\r\nX-Evil: 1'
      expect(await errorOf()).toMatchObject({ code: 'TOKEN', reason: expect.stringContaining('characters') })
      expect(aws.asked).toEqual([])
    },
  )
})

describe('credentials that are refused', () => {
  it.each([
    'ExpiredTokenException',
    'UnrecognizedClientException',
    'InvalidSignatureException',
    'InvalidClientTokenId',
    'IncompleteSignature',
    'MissingAuthenticationToken',
  ])('are read once more, and AWS is asked once more: %s', async (name) => {
    const aws = await startAws((_asked, _response, request) => {
      if (keyIn(request) === 'AKIAROTATED') return { SecretString: 'x' }
      process.env['AWS_ACCESS_KEY_ID'] = 'AKIAROTATED'
      return new Exception(name, 403)
    })
    const heard = told()
    expect(await read(newDirect(), [secret('a')], contextOf(heard))).toEqual(['x'])
    expect(heard.retries).toEqual(['a TOKEN'])
    expect(aws.asked).toHaveLength(2)
  })

  it('are an error where the others are refused too', async () => {
    const aws = await startAws(() => new Exception('ExpiredTokenException'))
    const error = await errorOf()
    expect(error).toMatchObject({ code: 'TOKEN', remedy: expect.stringContaining('Renew the credentials') })
    expect(aws.asked).toHaveLength(2)
  })
})

describe('credentials that a function gives', () => {
  const keys = { accessKeyId: 'AKIAFUNCTION', secretAccessKey: canary, sessionToken: canary }
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * minute)

  it('are asked for with each request where they have no expiration', async () => {
    await startKeys()
    const credentials = jest.fn(() => keys)
    const source = newDirect({ credentials })
    for (const times of [1, 2]) {
      expect(await read(source, [secret('a')])).toEqual([`AKIAFUNCTION ${canary}`])
      expect(credentials).toHaveBeenCalledTimes(times)
    }
  })

  it('are kept until five minutes before they expire', async () => {
    await startKeys()
    const credentials = jest.fn(async () => ({ ...keys, expiration: inMinutes(7) }))
    const source = newDirect({ credentials })
    const { now } = Date
    try {
      for (const [minutes, times] of [
        [0, 1],
        [1, 1],
        [3, 2],
      ] as const) {
        Date.now = () => now() + minutes * minute
        await read(source, [secret('a')])
        expect([minutes, credentials.mock.calls.length]).toEqual([minutes, times])
      }
    } finally {
      Date.now = now
    }
  })

  it('are used until they expire where no newer ones can be had', async () => {
    await startKeys()
    let given = 0
    const credentials = async () => {
      if (given++ > 0) throw new Error(canary)
      return { ...keys, expiration: inMinutes(3) }
    }
    const source = newDirect({ credentials })
    for (const _ of [1, 2]) expect(await read(source, [secret('a')])).toEqual([`AKIAFUNCTION ${canary}`])
    expect(given).toBe(2)
  })

  it('are asked for once by all who need them at one time', async () => {
    await startKeys()
    const credentials = jest.fn(async () => keys)
    const references = [secret('a', { stage: 'X' }), secret('b', { stage: 'X' }), secret('c', { stage: 'X' })]
    await read(newDirect({ credentials }), references)
    expect(credentials).toHaveBeenCalledTimes(1)
  })

  it('are asked for anew where they are refused, though they have not expired', async () => {
    await startAws((_asked, _response, request) =>
      keyIn(request) === 'AKIANEWER' ? { SecretString: 'x' } : new Exception('ExpiredTokenException'),
    )
    const credentials = jest.fn(async ({ forceRefresh = false } = {}) => ({
      ...keys,
      accessKeyId: forceRefresh ? 'AKIANEWER' : 'AKIAOLD',
      expiration: inMinutes(60),
    }))
    const references = [secret('a', { stage: 'X' }), secret('b', { stage: 'X' })]
    const source = newDirect({ credentials, concurrency: 1 })
    expect(await read(source, references)).toEqual(['x', 'x'])
    expect(credentials.mock.calls).toEqual([[], [{ forceRefresh: true }]])
  })

  it.each<[unknown, string]>([
    [undefined, 'credentials() gave no accessKeyId'],
    [{ accessKeyId: 'a' }, 'credentials() gave no secretAccessKey'],
    [{ ...keys, accessKeyId: '' }, 'credentials() gave no accessKeyId'],
    [{ ...keys, secretAccessKey: { canary } }, 'credentials() gave no secretAccessKey'],
    [{ ...keys, sessionToken: 7 }, 'the sessionToken from credentials() has characters that no key has'],
  ])('are an error where they are none: %#', async (given, reason) => {
    const aws = await startKeys()
    expect(await errorOf(newDirect({ credentials: () => given as never }))).toMatchObject({
      code: 'TOKEN',
      reason,
    })
    expect(aws.asked).toEqual([])
  })

  it.each<[unknown, string]>([
    [
      Object.assign(new Error(canary), { name: 'CredentialsProviderError' }),
      'it threw CredentialsProviderError',
    ],
    [Object.assign(new Error(canary), { name: `${canary} x` }), 'it threw'],
    [canary, 'it threw'],
    [undefined, 'it threw'],
  ])('are an error where it throws, of which nothing is passed on: %#', async (thrown, reason) => {
    await startKeys()
    const credentials = () => {
      throw thrown
    }
    expect((await errorOf(newDirect({ credentials }))).reason).toBe(`credentials() gave none: ${reason}`)
  })

  it('are waited for as long as the load may take, and a reader is told of that', async () => {
    await startKeys()
    const source = newDirect({ credentials: () => new Promise(() => {}) })
    const [outcome] = await ask(source, [secret('a')], contextOf(told(), AbortSignal.timeout(50)))
    const late = { code: 'TIMEOUT', remedy: expect.stringContaining('Give the function a role') }
    expect(outcome).toMatchObject({ error: { ...late, reason: 'the credentials had not been given' } })
    const reader = createSecrets({
      source: newDirect({ credentials: () => new Promise(() => {}) }),
      cache: createCache({ limits: { loadTimeout: 100 } }),
      prefetch: false,
      secrets: { a: 'a' },
      timeoutMilliseconds: 50,
    })
    await expect((async () => reader.read())()).rejects.toMatchObject(late)
  })

  it('are asked for again where an earlier call has never been answered', async () => {
    await startKeys()
    let calls = 0
    const credentials = () => (++calls === 1 ? new Promise<never>(() => {}) : keys)
    const source = newDirect({ credentials })
    const { now } = Date
    try {
      expect(await read(source, [secret('a')], contextOf(told(), AbortSignal.timeout(20)))).toEqual([
        { code: 'TIMEOUT' },
      ])
      Date.now = () => now() + 6_000
      expect(await read(source, [secret('a')])).toEqual([`AKIAFUNCTION ${canary}`])
    } finally {
      Date.now = now
    }
  })
})

describe('credentials of a container', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'direct-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const answer = (more: object = {}) => ({
    AccessKeyId: 'AKIACONTAINER',
    SecretAccessKey: canary,
    Token: canary,
    Expiration: new Date(Date.now() + 60 * minute).toISOString(),
    ...more,
  })

  /** The endpoint that gives them; answers with JSON, or with a status. */
  async function startContainer(
    script: (request: IncomingMessage, number: number) => object | string | number,
  ) {
    const requests: IncomingMessage[] = []
    const server = createServer((request, response) => {
      const given = script(request, requests.push(request))
      if (typeof given === 'number') response.writeHead(given)
      response.end(
        typeof given === 'object' ? JSON.stringify(given) : typeof given === 'string' ? given : canary,
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    forgetKeys()
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    Object.assign(process.env, {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/v1/credentials?id=1`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: `Bearer ${canary}`,
    })
    closeLater(() => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    })
    return { requests }
  }

  it('are got once, with the token, and kept', async () => {
    await startKeys()
    const container = await startContainer(() => answer())
    const source = newDirect()
    for (const _ of [1, 2]) expect(await read(source, [secret('a')])).toEqual([`AKIACONTAINER ${canary}`])
    expect(container.requests.map(({ method, url }) => [method, url])).toEqual([
      ['GET', '/v1/credentials?id=1'],
    ])
    expect(container.requests[0]?.headers.authorization).toBe(`Bearer ${canary}`)
  })

  it('are got with the token in a file, which comes first and is read each time', async () => {
    await startKeys()
    const container = await startContainer(() => answer({ Expiration: undefined }))
    const file = join(folder, 'token')
    process.env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'] = file
    const source = newDirect()
    for (const token of ['one', 'two']) {
      await writeFile(file, `${token}\n`)
      await read(source, [secret('a')])
    }
    expect(container.requests.map(({ headers }) => headers.authorization)).toEqual(['one', 'two'])
  })

  it('are an error where the file of the token cannot be read, or the token cannot be sent', async () => {
    await startKeys()
    const container = await startContainer(() => answer())
    process.env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'] = join(folder, 'none')
    expect((await errorOf()).reason).toContain('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names cannot be read')
    delete process.env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE']
    process.env['AWS_CONTAINER_AUTHORIZATION_TOKEN'] = `a\n${canary}`
    expect((await errorOf()).reason).toContain(
      'the token in AWS_CONTAINER_AUTHORIZATION_TOKEN has characters',
    )
    expect(container.requests).toEqual([])
  })

  it('are less than those of the environment', async () => {
    await startKeys()
    const container = await startContainer(() => answer())
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIAFIRST', AWS_SECRET_ACCESS_KEY: canary })
    expect(await read(newDirect(), [secret('a')])).toEqual(['AKIAFIRST no token'])
    expect(container.requests).toEqual([])
  })

  it('are asked for again where the endpoint fails, three times in all', async () => {
    await startKeys()
    const container = await startContainer((_, number) => (number < 3 ? 500 : answer()))
    expect(await read(newDirect(), [secret('a')])).toEqual([`AKIACONTAINER ${canary}`])
    expect(container.requests).toHaveLength(3)
  })

  it.each<[object | string | number, string]>([
    [500, 'HTTP 500'],
    [404, 'HTTP 404'],
    [302, 'HTTP 302'],
    [`<b>${canary}`, 'no JSON'],
    ['x'.repeat(65 * 1024), 'too large'],
  ])('are an error where it gives none: %#', async (given, what) => {
    const aws = await startKeys()
    await startContainer(() => given)
    expect(await errorOf()).toMatchObject({
      code: 'TOKEN',
      reason: `the container endpoint gave no credentials: ${what}`,
    })
    expect(aws.asked).toEqual([])
  })

  it('are an error where they are incomplete', async () => {
    await startKeys()
    await startContainer(() => ({ AccessKeyId: canary }))
    expect((await errorOf()).reason).toBe('the container endpoint gave no secretAccessKey')
  })

  it('are an error where nobody listens', async () => {
    await startKeys()
    forgetKeys()
    process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = 'http://127.0.0.1:1/'
    expect((await errorOf()).reason).toBe('the container endpoint gave no credentials: ECONNREFUSED')
  })

  it.each([
    'http://10.0.0.1/credentials',
    'https://evil.example/credentials',
    'http://169.254.169.254/latest',
    'http://127.0.0.1.evil.example/',
  ])('are asked for at no other host: %s', async (uri) => {
    await startKeys()
    forgetKeys()
    process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = uri
    expect(await errorOf()).toMatchObject({
      code: 'CONFIGURATION',
      reason: expect.stringContaining('names another host'),
    })
  })

  it.each(['not a url', 'file:///etc/passwd', 'http://user:x@127.0.0.1/'])(
    'are not asked for at what is no URL: %s',
    async (uri) => {
      await startKeys()
      forgetKeys()
      process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = uri
      expect((await errorOf()).reason).toBe('AWS_CONTAINER_CREDENTIALS_FULL_URI is not a URL')
    },
  )
})

describe('a clock that is off', () => {
  it.each([-17, 17])('by %d minutes is corrected by the date of the answer, once', async (minutes) => {
    const { now } = Date
    const dates: string[] = []
    const aws = await startAws((_asked, response, { headers }) => {
      const signed = String(headers['x-amz-date'])
      dates.push(signed)
      const at = Date.parse(signed.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'))
      response.setHeader('date', new Date(now()).toUTCString())
      return Math.abs(at - now()) < 5 * minute
        ? { SecretString: 'x' }
        : new Exception('InvalidSignatureException')
    })
    const source = newDirect()
    Date.now = () => now() + minutes * minute
    try {
      expect(await read(source, [secret('a')])).toEqual(['x'])
      expect(aws.asked).toHaveLength(2)
      // What has been learned is kept.
      expect(await read(source, [secret('a')])).toEqual(['x'])
      expect(aws.asked).toHaveLength(3)
      Date.now = now
      expect(await read(source, [secret('a')])).toEqual(['x'])
      expect(aws.asked).toHaveLength(5)
    } finally {
      Date.now = now
    }
  })

  it('is named where AWS refuses the corrected one too', async () => {
    await startAws((_asked, response) => {
      response.setHeader('date', new Date(Date.now() - 17 * minute).toUTCString())
      return new Exception('InvalidSignatureException')
    })
    expect(await errorOf()).toMatchObject({
      code: 'TOKEN',
      remedy: "Set the clock of this machine: it is 17 minutes ahead of AWS's.",
    })
  })
})
