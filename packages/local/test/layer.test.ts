import { afterEach, describe, expect, it } from '@jest/globals'
import { type Local, type LocalOptions, startLocal } from '../src/index.ts'
import { ask, askLayer } from './ask.ts'
import { recorded } from './recorded.ts'

const RECORDED = Date.parse('2022-11-16T08:22:40.499Z')
const OPAQUE = 'an unexpected error occurred while executing request'

describe('the layer', () => {
  let local: Local
  let time = RECORDED
  let log: string[] = []

  const start = async (options: LocalOptions = {}) => {
    time = RECORDED
    log = []
    local = await startLocal({
      secrets: { text: 'the text', bytes: new Uint8Array([0, 1, 255]) },
      parameters: {
        '/p/text': 'one',
        '/p/list': ['a', 'b'],
        '/p/secure': { type: 'SecureString', value: 'canary' },
      },
      now: () => time,
      log: (line) => log.push(line),
      ...options,
    })
  }
  afterEach(() => local.close())

  const get = (target: string) => askLayer(local.url, target)
  const secret = (query: string) => get(`/secretsmanager/get?secretId=${query}`)
  const parameter = (query: string) => get(`/systemsmanager/parameters/get?name=${query}`)
  const current = (id: string) => [...local.account.secrets.get(id).versions.keys()].at(-1) ?? ''

  describe('its bodies', () => {
    it('are the recorded one for a secret', async () => {
      await start()
      const { arn } = local.account.secrets.get('text')
      const body = JSON.stringify(recorded.secret(arn, current('text')))
      expect(await secret('text')).toMatchObject({ status: 200, text: body })
      expect((await secret('text&versionStage=AWSCURRENT')).text).toBe(body)
      expect((await secret(`text&versionId=${current('text')}`)).text).toBe(body)
      expect((await secret(encodeURIComponent(arn))).text).toBe(body)
    })

    it('are the recorded one for the bytes of an older stage', async () => {
      await start()
      const { arn } = local.account.secrets.get('bytes')
      const first = current('bytes')
      local.rotate('bytes', new Uint8Array([9]))
      const { text } = await secret('bytes&versionStage=AWSPREVIOUS')
      expect(text).toBe(JSON.stringify(recorded.previousBytes(arn, first)))
    })

    it('are the recorded ones for the types of parameters', async () => {
      await start()
      const bodies: [string, object][] = [
        ['%2Fp%2Ftext', { Name: '/p/text', Type: 'String', Value: 'one' }],
        ['%2Fp%2Flist', { Name: '/p/list', Type: 'StringList', Value: 'a,b' }],
        ['%2Fp%2Flist&version=1', { Name: '/p/list', Type: 'StringList', Value: 'a,b', Selector: ':1' }],
        ['%2Fp%2Fsecure&withDecryption=true', { Name: '/p/secure', Type: 'SecureString', Value: 'canary' }],
      ]
      for (const [query, body] of bodies)
        expect((await parameter(query)).text).toBe(
          JSON.stringify(recorded.parameter(body as Parameters<typeof recorded.parameter>[0])),
        )
    })

    it('are the recorded ones for a secret read through Parameter Store', async () => {
      await start()
      const text = local.account.secrets.get('text')
      const bytes = local.account.secrets.get('bytes')
      const first = current('bytes')
      local.rotate('bytes', new Uint8Array([9]))
      expect((await parameter('%2Faws%2Freference%2Fsecretsmanager%2Ftext&withDecryption=true')).text).toBe(
        JSON.stringify(recorded.reference(text.arn, current('text'))),
      )
      const previous = '%2Faws%2Freference%2Fsecretsmanager%2Fbytes&label=AWSPREVIOUS&withDecryption=true'
      expect((await parameter(previous)).text).toBe(
        JSON.stringify(recorded.previousBytesReference(bytes.arn, first)),
      )
    })

    it('leave a SecureString encrypted unless asked', async () => {
      await start()
      const { Value, Type } = JSON.parse((await parameter('%2Fp%2Fsecure')).text).Parameter
      expect(Type).toBe('SecureString')
      expect(Value).toMatch(/^AQICAH[\w+/]+$/)
    })

    it('print a time as Go does', async () => {
      await start()
      time = Date.parse('2022-11-16T08:20:40.500Z')
      local.rotate('/p/text', 'two')
      expect((await parameter('%2Fp%2Ftext')).text).toContain('"2022-11-16T08:20:40.5Z"')
      time = Date.parse('2022-11-16T08:20:00.000Z')
      local.rotate('/p/list', ['c'])
      expect((await parameter('%2Fp%2Flist')).text).toContain('"2022-11-16T08:20:00Z"')
    })
  })

  it('serves both paths with and without a slash at the end', async () => {
    await start()
    expect((await get('/systemsmanager/parameters/get/?name=%2Fp%2Ftext')).status).toBe(200)
    expect((await get('/secretsmanager/get/?secretId=text')).status).toBe(200)
    expect((await get('/secretsmanager/gets?secretId=text')).status).toBe(404)
  })

  it('lets the first of version and label win', async () => {
    await start()
    local.rotate('/p/text', 'two')
    local.account.label('/p/text', 1, 'Dev')
    const value = async (query: string) => JSON.parse((await parameter(query)).text).Parameter
    expect(await value('%2Fp%2Ftext&label=Dev&version=2')).toMatchObject({ Value: 'one', Selector: ':Dev' })
    expect(await value('%2Fp%2Ftext&version=2&label=Dev')).toMatchObject({ Value: 'two', Selector: ':2' })
  })

  it.each(['%3F', '%26', '%23', '%252e', '..%2F', '%0D%0A', '%00', '%C3%A9', '%2B'])(
    'takes a name with %s as it was sent',
    async (encoded) => {
      await start()
      local.account.putSecret(`a${decodeURIComponent(encoded)}b`, 'found')
      expect((await secret(`a${encoded}b`)).text).toContain('"found"')
    },
  )

  it.each([
    ['a missing secret', '/secretsmanager/get?secretId=none', /GetSecretValue .*ResourceNotFoundException/],
    ['a missing stage', '/secretsmanager/get?secretId=text&versionStage=NO', /ResourceNotFoundException/],
    ['a missing parameter', '/systemsmanager/parameters/get?name=none', /GetParameter .*ParameterNotFound/],
    ['version 0', '/systemsmanager/parameters/get?name=%2Fp%2Ftext&version=0', /ParameterVersionNotFound/],
    ['no name', '/systemsmanager/parameters/get', /ValidationException/],
    ['a denied secret', '/secretsmanager/get?secretId=bytes', /AccessDeniedException/],
  ])('answers %s with its opaque text, and says why in its log only', async (_, target, reason) => {
    await start()
    local.faults.deny('bytes')
    expect(await get(target)).toMatchObject({ status: 400, text: OPAQUE })
    expect(log.at(-1)).toMatch(
      /^\[AWS Parameters and Secrets Lambda Extension] 2022\/11\/16 08:22:40 ERROR \w+ request encountered an error: /,
    )
    expect(log.at(-1)).toMatch(reason)
  })

  it('answers a throttled call with its opaque text too', async () => {
    await start()
    local.faults.throttle({ perSecond: 1 })
    expect((await parameter('%2Fp%2Ftext')).status).toBe(200)
    expect(await parameter('%2Fp%2Flist')).toMatchObject({ status: 400, text: OPAQUE })
    expect(log.at(-1)).toContain('ThrottlingException')
    time += 1000
    expect((await parameter('%2Fp%2Flist')).status).toBe(200)
  })

  describe('its token', () => {
    it('is demanded before AWS is asked, and the request still counts', async () => {
      await start()
      const wrong = await askLayer(local.url, '/secretsmanager/get?secretId=text', 'wrong')
      const missing = await ask(local.url, '/secretsmanager/get?secretId=text')
      expect([wrong, missing]).toMatchObject([
        { status: 401, text: 'bad session token or header key' },
        { status: 401, text: 'bad session token or header key' },
      ])
      expect(wrong.headers['x-amzn-errortype']).toBe('AccessDeniedException')
      expect(local.calls.layer.secretsmanager).toBe(2)
      expect(local.calls.upstream).toBe(0)
    })

    it('can change, and so can its refusal', async () => {
      await start({ tokenRefusal: { status: 403, body: 'no' } })
      local.rotateToken('next')
      expect(await secret('text')).toMatchObject({ status: 403, text: 'no' })
      expect((await askLayer(local.url, '/secretsmanager/get?secretId=text', 'next')).status).toBe(200)
      expect(local.environment['AWS_SESSION_TOKEN']).toBe('next')
    })
  })

  describe('its cache', () => {
    it('keeps a value for its TTL, each service its own', async () => {
      await start({ environment: { SECRETS_MANAGER_TTL: '1', SSM_PARAMETER_STORE_TTL: '2' } })
      const ask = async () => [await secret('text'), await parameter('%2Fp%2Ftext')]
      await ask()
      time += 999
      await ask()
      expect(local.calls.aws).toMatchObject({ GetSecretValue: 1, GetParameter: 1 })
      time += 1
      await ask()
      expect(local.calls.aws).toMatchObject({ GetSecretValue: 2, GetParameter: 1 })
      time += 1000
      await ask()
      expect(local.calls.aws).toMatchObject({ GetSecretValue: 3, GetParameter: 2 })
    })

    it('serves a rotated secret only when the old one has expired', async () => {
      await start({ environment: { SECRETS_MANAGER_TTL: '1' } })
      await secret('text')
      local.rotate('text', { user: 'new' })
      expect((await secret('text')).text).toContain('the text')
      time += 1000
      expect(JSON.parse((await secret('text')).text).SecretString).toBe('{"user":"new"}')
    })

    it('keeps no failure', async () => {
      await start()
      await secret('later')
      local.account.putSecret('later', 'x')
      expect((await secret('later')).status).toBe(200)
    })

    it('forgets the longest unused when it is full', async () => {
      await start({ environment: { PARAMETERS_SECRETS_EXTENSION_CACHE_SIZE: '2' } })
      for (const query of ['text', 'bytes', 'text', 'text&versionStage=AWSCURRENT', 'text', 'bytes'])
        await secret(query)
      expect(local.calls.aws.GetSecretValue).toBe(4)
    })

    it.each([
      { PARAMETERS_SECRETS_EXTENSION_CACHE_SIZE: '0' },
      { PARAMETERS_SECRETS_EXTENSION_CACHE_ENABLED: 'false' },
      { SECRETS_MANAGER_TTL: '0' },
    ])('is bypassed with %j', async (environment) => {
      await start({ environment })
      await secret('text')
      await secret('text')
      expect(local.calls.aws.GetSecretValue).toBe(2)
    })

    it('says that a TTL over five minutes is cut', async () => {
      await start({ environment: { SECRETS_MANAGER_TTL: '301' } })
      expect(log[0]).toBe(
        '[AWS Parameters and Secrets Lambda Extension] 2022/11/16 08:22:40 WARN SECRETS_MANAGER_TTL exceeds max limit. Setting Secrets Manger TTL to 5m0s.',
      )
      expect(log[1]).toBe(
        `[AWS Parameters and Secrets Lambda Extension] 2022/11/16 08:22:40 INFO Serving on port ${local.port}`,
      )
      await secret('text')
      time += 300_000
      await secret('text')
      expect(local.calls.aws.GetSecretValue).toBe(2)
    })
  })

  it('logs nothing below its level', async () => {
    await start({
      environment: { PARAMETERS_SECRETS_EXTENSION_LOG_LEVEL: 'NONE', SECRETS_MANAGER_TTL: '900' },
    })
    await secret('none')
    expect(log).toEqual([])
  })

  it('gives up on AWS after its timeout', async () => {
    await start({ environment: { SECRETS_MANAGER_TIMEOUT_MILLIS: '20' } })
    local.faults.hang({ at: 'aws' })
    expect(await secret('text')).toMatchObject({ status: 400, text: OPAQUE })
    expect(log.at(-1)).toContain('context deadline exceeded')
  })

  it('has three connections to each service', async () => {
    await start()
    local.faults.hang({ at: 'aws', ids: 'text' })
    const waiting = Array.from({ length: 5 }, () => secret('text').catch(() => undefined))
    while (local.calls.layer.secretsmanager < 5) await parameter('none').catch(() => undefined)
    expect(local.calls.aws.GetSecretValue).toBe(3)
    await local.close()
    await Promise.all(waiting)
  })
})
