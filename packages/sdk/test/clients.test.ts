import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { SecretsManager, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SSM, SSMClient } from '@aws-sdk/client-ssm'
import { describe, expect, it, jest } from '@jest/globals'
import { type SdkClient, type SdkOptions, sdk } from '../src/index.ts'
import { ask, newSdk, parameter, read, secret, startAccount, tree, useEndpoint } from './account.ts'
import { startAws } from './aws.ts'

const run = promisify(execFile)

describe('a client that is passed in', () => {
  it('is used as it is', async () => {
    await using _local = await startAccount({ secrets: { a: '1' }, parameters: { '/a': '2' } })
    const seen: string[] = []
    const secretsManager = new SecretsManagerClient({ region: 'eu-west-1' })
    const ssm = new SSMClient({ region: 'eu-west-1' })
    for (const client of [secretsManager, ssm] as unknown as SSMClient[]) {
      client.middlewareStack.add(
        (next, { commandName }) =>
          (args) => {
            seen.push(String(commandName))
            return next(args)
          },
        { step: 'initialize' },
      )
    }
    expect(await read(newSdk({ secretsManager, ssm }), [secret('a'), parameter('/a'), tree('/')])).toEqual([
      '1',
      '2',
      { a: '2' },
    ])
    expect(seen.sort()).toEqual([
      'GetParametersByPathCommand',
      'GetParametersCommand',
      'GetSecretValueCommand',
    ])
  })

  it('has the shape of the SDK, whichever of its classes', () => {
    const clients: SdkClient[] = [
      new SecretsManagerClient(),
      new SecretsManager(),
      new SSMClient(),
      new SSM(),
    ]
    expect(clients).toHaveLength(4)
    // @ts-expect-error without `send` it is none
    const none: SdkClient = { config: {} }
    expect(none).toBeDefined()
  })

  it('is refused in the place of the other one', () => {
    expect(() => sdk({ secretsManager: new SSMClient() })).toThrow(
      /secretsManager is an object. Give a SecretsManagerClient/,
    )
    expect(() => sdk({ ssm: new SecretsManagerClient() })).toThrow(/ssm is an object. Give an SSMClient/)
  })

  it('need not tell its service', () => {
    const send = () => Promise.resolve({})
    const clients = [{ send, config: {} }, { send } as unknown as SdkClient]
    for (const client of clients) expect(sdk({ secretsManager: client, ssm: client }).name).toBe('sdk')
  })
})

describe('the options of sdk', () => {
  it.each([
    [{ regoin: 'eu-west-1' }, 'sdk() has no option "regoin". Did you mean "region"?'],
    [{ region: '' }, 'region is an empty string. Give a Region such as "eu-west-1".'],
    [{ region: 7 }, 'region is'],
    [{ concurrency: 0 }, 'concurrency is 0. Give a whole number from 1 up.'],
    [{ concurrency: 1.5 }, 'concurrency is'],
    [{ secretsManager: {} }, 'secretsManager is'],
    [{ ssm: null }, 'ssm is'],
  ])('refuse %j', (options, message) => {
    expect(() => sdk(options as SdkOptions)).toThrow(message)
  })

  it('may each be left out', () => {
    expect(
      sdk({ secretsManager: undefined, ssm: undefined, region: undefined, concurrency: undefined }).name,
    ).toBe('sdk')
  })
})

describe('a client that is made here', () => {
  it.each([
    ['us-east-1', 'us-east-1'],
    [undefined, 'eu-west-1'],
  ])('asks in the Region %s', async (region, asked) => {
    const scopes: unknown[] = []
    await using _aws = await startAws((_asked, _response, { headers }) => {
      scopes.push(headers.authorization?.split('/')[2])
      return { SecretString: 'x', Parameters: [{ Name: '/a', Value: 'x' }] }
    })
    expect(await read(sdk({ region }), [secret('a'), parameter('/a')])).toEqual(['x', 'x'])
    expect(scopes).toEqual([asked, asked])
  })
})

describe('the identity of sdk', () => {
  it('is the Region and the endpoints, as the variables name them when it is read', () => {
    useEndpoint('http://one:1')
    const source = sdk()
    const first = source.identity
    expect(first).toBe(sdk().identity)
    expect(first).toBe('sdk(eu-west-1 http://one:1, eu-west-1 http://one:1)')
    expect(sdk({ region: 'us-east-1' }).identity).toBe('sdk(us-east-1 http://one:1, us-east-1 http://one:1)')
    process.env['AWS_ENDPOINT_URL_SSM'] = 'http://two:2'
    expect(source.identity).toBe('sdk(eu-west-1 http://one:1, eu-west-1 http://two:2)')
    process.env['AWS_ENDPOINT_URL_SECRETS_MANAGER'] = 'http://three:3'
    expect(source.identity).toBe('sdk(eu-west-1 http://three:3, eu-west-1 http://two:2)')
    useEndpoint('')
    expect(source.identity).toBe('sdk(eu-west-1, eu-west-1)')
  })

  it('is that of a client that was passed in', () => {
    const [one, other] = [new SecretsManagerClient(), new SecretsManagerClient()]
    const identityOf = (secretsManager: SdkClient) => sdk({ secretsManager }).identity
    expect(identityOf(one)).toMatch(/^sdk\(client \d+, eu-west-1\)$/)
    expect(identityOf(one)).toBe(identityOf(one))
    expect(identityOf(one)).not.toBe(identityOf(other))
    expect(identityOf(one)).not.toBe(sdk().identity)
  })
})

describe('a client package', () => {
  const script = (what: string) => `
    import { registerHooks } from 'node:module'
    const loaded = new Set()
    registerHooks({ resolve(specifier, context, next) {
      if (/^@(aws-sdk|smithy)[/]client/.test(specifier)) loaded.add(specifier)
      return next(specifier, context)
    } })
    const { sdk } = await import('@secrets-cache/sdk')
    const source = sdk()
    source.identity
    const context = { signal: AbortSignal.timeout(5000), fresh: false, onRetry() {}, emit() {} }
    const outcomes = await Promise.all(await source.fetch([${what}], context))
    console.log(JSON.stringify({ loaded: [...loaded], values: outcomes.map(({ value }) => value) }))
  `

  it.each([
    ['nothing', '', { loaded: [], values: [] }],
    [
      'a secret',
      "{ kind: 'secret', id: 'a' }",
      { loaded: ['@aws-sdk/client-secrets-manager'], values: ['1'] },
    ],
    [
      'a parameter',
      "{ kind: 'parameter', id: '/a', decrypt: true }",
      { loaded: ['@aws-sdk/client-ssm'], values: ['2'] },
    ],
  ])('is loaded when it is first needed: %s', async (_, what, expected) => {
    await using _local = await startAccount({ secrets: { a: '1' }, parameters: { '/a': '2' } })
    const { stdout } = await run(
      process.execPath,
      ['--conditions=@secrets-cache/source', '--input-type=module', '--eval', script(what)],
      { cwd: new URL('.', import.meta.url), env: process.env },
    )
    expect(JSON.parse(stdout)).toEqual(expected)
  })

  it('is named where it cannot be loaded', async () => {
    for (const name of ['secrets-manager', 'ssm']) {
      jest.unstable_mockModule(`@aws-sdk/client-${name}`, () => {
        throw new Error('CANARY')
      })
    }
    jest.resetModules()
    const { sdk: sdkWithoutClients } = await import('../src/index.ts')
    const outcomes = await ask(sdkWithoutClients(), [secret('a'), parameter('/a')])
    expect(outcomes).toMatchObject([
      {
        error: { code: 'MISSING_CLIENT', reason: expect.stringContaining('@aws-sdk/client-secrets-manager') },
      },
      { error: { code: 'MISSING_CLIENT', reason: expect.stringContaining('@aws-sdk/client-ssm') } },
    ])
  })
})
