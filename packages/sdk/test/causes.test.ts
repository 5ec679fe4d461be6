import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { createSecrets, type Reference } from '@secrets-cache/core'
import { createCache } from '@secrets-cache/core/testing'
import { failureOf } from '../src/calls/failure.ts'
import { missingClient } from '../src/clients/missing-client.ts'
import { ask, canary, newSdk, parameter, secret, startAccount, useEndpoint } from './account.ts'
import { Exception, startAws } from './aws.ts'

const action = 'ssm:GetParameter'
const remedyOf = (thrown: object) => failureOf(thrown, action)

beforeAll(async () => {
  await Promise.all([import('@aws-sdk/client-secrets-manager'), import('@aws-sdk/client-ssm')])
}, 30_000)

describe('what to do follows the cause:', () => {
  it.each<[string, object, string, RegExp]>([
    [
      'a connection that is never made, as in a VPC without endpoint',
      { name: 'TimeoutError', message: 'the request socket did not establish a connection with the server' },
      'TIMEOUT',
      /VPC endpoint.*NAT gateway.*security group/,
    ],
    [
      'the same from the system',
      { name: 'TimeoutError', code: 'ETIMEDOUT', syscall: 'connect' },
      'TIMEOUT',
      /VPC/,
    ],
    ['no route', { name: 'Error', code: 'EHOSTUNREACH' }, 'UNREACHABLE', /VPC endpoint/],
    ['no network', { name: 'Error', code: 'ENETUNREACH' }, 'UNREACHABLE', /VPC endpoint/],
    ['no address', { name: 'Error', code: 'ENOTFOUND' }, 'UNREACHABLE', /no address.*AWS_REGION.*DNS/],
    ['no DNS', { name: 'Error', code: 'EAI_AGAIN' }, 'UNREACHABLE', /DNS/],
    ['a port that refuses', { name: 'Error', code: 'ECONNREFUSED', port: 4566 }, 'UNREACHABLE', /port 4566/],
    [
      'a port that refuses on each address',
      { name: 'AggregateError', code: 'ECONNREFUSED', errors: [{ port: 4566 }, { port: 4566 }] },
      'UNREACHABLE',
      /port 4566/,
    ],
    ['no HTTP', { name: 'Error', code: 'HPE_INVALID_CONSTANT' }, 'BAD_RESPONSE', /does not speak HTTP/],
    ['a certificate of tomorrow', { name: 'Error', code: 'CERT_NOT_YET_VALID' }, 'UNREACHABLE', /clock/],
    [
      'a certificate of a proxy',
      { name: 'Error', code: 'SELF_SIGNED_CERT_IN_CHAIN' },
      'UNREACHABLE',
      /NODE_EXTRA_CA/,
    ],
    ['a connection that was reset', { name: 'Error', code: 'ECONNRESET' }, 'UNREACHABLE', /address and port/],
  ])('%s', (_, thrown, code, remedy) => {
    const error = remedyOf(thrown)
    expect(error.code).toBe(code)
    expect(error.remedy).toMatch(remedy)
    expect(error.remedy).not.toContain('timeoutMilliseconds')
  })

  it.each([
    [-17, 'behind'],
    [17, 'ahead of'],
  ])('a clock that is off by %d minutes', (minutes, side) => {
    const date = new Date(Date.now() - minutes * 60_000).toUTCString()
    for (const name of ['RequestTimeTooSkewed', 'InvalidSignatureException', 'RequestExpired']) {
      const error = remedyOf({ name, $metadata: { httpStatusCode: 403 }, $response: { headers: { date } } })
      expect(error.code).toBe('TOKEN')
      expect(error.remedy).toBe(`Set the clock of this machine: it is 17 minutes ${side} AWS's.`)
    }
  })

  it.each([new Date().toUTCString(), 'CANARY', 7, undefined])('a clock that may be right: %j', (date) => {
    const error = remedyOf({ name: 'ExpiredTokenException', $response: { headers: { date } } })
    expect(error.remedy).toBe('Renew the credentials, and check the clock of this machine.')
  })

  it.each(['ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING', 'ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG'])(
    'Jest without VM modules: %s',
    (code) => {
      expect(missingClient('@aws-sdk/client-ssm', { code }).remedy).toMatch(
        /--experimental-vm-modules.*\/static/,
      )
    },
  )
})

describe('a client that is a mock', () => {
  const answering = (output: unknown) => {
    const send = async () => output
    const client = { config: {}, send }
    return newSdk({ secretsManager: client, ssm: client })
  }
  const questions: [string, readonly Reference[]][] = [
    ['GetSecretValueCommand', [secret('a')]],
    ['BatchGetSecretValueCommand', [secret('a'), secret('b')]],
    ['GetParametersCommand', [parameter('/a')]],
    ['GetParametersByPathCommand', [{ kind: 'tree', id: '/a', recursive: true, decrypt: true }]],
  ]

  it.each(questions)('and answers nothing is BAD_RESPONSE, which names %s', async (command, references) => {
    for (const [output, what] of [
      [undefined, 'undefined'],
      [null, 'null'],
      [canary, 'string'],
      [7, 'number'],
      [true, 'boolean'],
      [[canary], 'an array'],
      [{}, 'an empty object'],
      [() => canary, 'function'],
    ] as const) {
      for (const outcome of await ask(answering(output), references)) {
        if (outcome.ok) throw new Error('it did not fail')
        const { error } = outcome
        expect(error).toMatchObject({
          code: 'BAD_RESPONSE',
          reason: `the client answered ${command} with ${what}`,
          remedy: expect.stringContaining(`let it answer ${command}; docs/testing.md`),
        })
        expect(error.message).not.toContain(canary)
      }
    }
  })
})

describe('a secret that was created without a value', () => {
  const created = { ARN: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf', Name: 'db' }
  const noValue = {
    ok: false,
    error: {
      code: 'NOT_FOUND',
      reason: 'the secret exists and has no value yet',
      remedy: expect.stringContaining('put-secret-value'),
    },
  }

  it.each([created, { ...created, SecretString: null, SecretBinary: null, VersionId: 'v1' }])(
    'is not found: %j',
    async (answer) => {
      await using _aws = await startAws(({ operation }) =>
        operation === 'GetSecretValue'
          ? answer
          : { SecretValues: [answer, { ...answer, Name: 'b', ARN: `${answer.ARN}x` }] },
      )
      expect(await ask(newSdk(), [secret('db')])).toMatchObject([noValue])
      expect(await ask(newSdk(), [secret('db'), secret('b')])).toMatchObject([noValue, noValue])
    },
  )
})

describe('a reader whose time runs out', () => {
  const waitsFor = async (source = newSdk()) => {
    const reader = createSecrets({
      source,
      cache: createCache(),
      prefetch: false,
      secrets: { db: 'prod/db' },
      timeoutMilliseconds: 400,
    })
    try {
      throw await reader.read()
    } catch (error) {
      return error as { readonly remedy: string }
    }
  }

  it('is told of credentials where the SDK still looks for them', async () => {
    await using instance = await startSilent()
    useEndpoint('http://127.0.0.1:1')
    for (const name of ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'SESSION_TOKEN'])
      delete process.env[`AWS_${name}`]
    delete process.env['AWS_EC2_METADATA_DISABLED']
    process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT'] = instance.url
    const error = await waitsFor()
    expect(error).toMatchObject({ code: 'TIMEOUT', remedy: expect.stringMatching(/role.*AWS_PROFILE/) })
    delete process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT']
  })

  it('is told of time where AWS is slow', async () => {
    await using local = await startAccount({ secrets: { 'prod/db': canary } })
    local.faults.hang()
    expect(await waitsFor()).toMatchObject({
      code: 'TIMEOUT',
      remedy: expect.stringMatching(/timeoutMilliseconds/),
    })
  })

  it('is told nothing of credentials by a client that was passed in', async () => {
    await using local = await startAccount({ secrets: { 'prod/db': canary } })
    local.faults.hang()
    const error = await waitsFor(newSdk({ secretsManager: new SecretsManagerClient() }))
    expect(error.remedy).toMatch(/timeoutMilliseconds/)
  })

  it('has that in the outcome of the load too', async () => {
    await using instance = await startSilent()
    useEndpoint('http://127.0.0.1:1')
    for (const name of ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'SESSION_TOKEN'])
      delete process.env[`AWS_${name}`]
    delete process.env['AWS_EC2_METADATA_DISABLED']
    process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT'] = instance.url
    const signal = AbortSignal.timeout(300)
    const context = { signal, fresh: false, onRetry: () => {}, emit: () => {} }
    const outcomes = await Promise.all(await newSdk().fetch([secret('a')], context))
    expect(outcomes).toMatchObject([
      { error: { code: 'TIMEOUT', reason: 'the SDK was still looking for credentials' } },
    ])
    delete process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT']
  })
})

describe('a name and the same name with an option', () => {
  it('are one name to AWS, which takes none twice', async () => {
    await using aws = await startAws(({ input }) =>
      new Set(input['Names'] as string[]).size < (input['Names'] as string[]).length
        ? new Exception('ValidationException')
        : { Parameters: [{ Name: '/a', Selector: ':3', Value: 'x', Version: 3 }] },
    )
    const outcomes = await ask(newSdk(), [parameter('/a:3'), parameter('/a', { version: 3 })])
    expect(outcomes).toMatchObject([{ value: 'x' }, { value: 'x' }])
    expect(aws.operations()).toEqual(['GetParameters'])
  })
})

/** Accepts connections and never says anything. */
async function startSilent() {
  const sockets = new Set<{ destroy: () => void }>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
