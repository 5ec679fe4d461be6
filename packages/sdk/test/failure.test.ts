import { inspect } from 'node:util'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { describe, expect, it } from '@jest/globals'
import type { Reference } from '@secrets-cache/core'
import { failureOf } from '../src/calls/failure.ts'
import { ask, canary, newSdk, parameter, secret, startAccount, tree, useEndpoint } from './account.ts'
import { Exception, startAws } from './aws.ts'

/** The one error, which tells nothing secret whichever way it is printed. */
async function errorOf(reference: Reference = secret('prod/db'), source = newSdk()) {
  const [outcome] = await ask(source, [reference])
  if (!outcome || outcome.ok) throw new Error('it did not fail')
  const { error } = outcome
  for (const printed of [
    inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify(error),
    error.stack,
  ]) {
    expect(printed).not.toContain(canary)
  }
  return error
}

/** Without the SDK's pauses before it tries again. */
const impatient = () => newSdk({ secretsManager: new SecretsManagerClient({ maxAttempts: 1 }) })

const throttles = [
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottledException',
  'RequestThrottled',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'SlowDown',
]

describe('a failure', () => {
  it.each([
    ['NOT_FOUND', ['ResourceNotFoundException', 'ParameterNotFound', 'ParameterVersionNotFound']],
    ['NOT_FOUND', ['ParameterVersionLabelNotFound']],
    ['ACCESS_DENIED', ['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation']],
    [
      'DECRYPTION_FAILED',
      ['DecryptionFailure', 'InvalidKeyId', 'KMSAccessDeniedException', 'KMSDisabledException'],
    ],
    ['INVALID_REQUEST', ['InvalidParameterException', 'InvalidRequestException', 'ValidationException']],
    ['THROTTLED', throttles],
    ['SERVICE_FAILED', ['InternalServiceError', 'InternalServerError']],
    ['TOKEN', ['ExpiredTokenException', 'UnrecognizedClientException', 'InvalidSignatureException']],
    ['UNSUPPORTED', ['UnknownOperationException']],
    ['REFUSED', ['SomethingNewException']],
  ])('is %s where AWS says so: %s', async (code, names) => {
    for (const name of names) {
      await using _aws = await startAws(() => new Exception(name))
      const error = await errorOf(undefined, impatient())
      expect([name, error.code]).toEqual([name, code])
      expect(error.reason).toBe(`${name}, HTTP 400, request request-1`)
    }
  })

  it.each([
    [500, 'SERVICE_FAILED'],
    [501, 'UNSUPPORTED'],
    [503, 'SERVICE_FAILED'],
    [429, 'THROTTLED'],
    [403, 'REFUSED'],
    [301, 'BAD_RESPONSE'],
  ])('without a name is told by its status: %i', async (status, code) => {
    await using _aws = await startAws((_, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end()
      return undefined
    })
    expect(await errorOf(undefined, impatient())).toMatchObject({
      code,
      reason: expect.stringContaining(`HTTP ${status}`),
    })
  })

  it('does not pass on a name that is none', async () => {
    for (const name of [`${canary} <b>`, `<b> ${canary}`]) {
      await using _aws = await startAws(() => new Exception(name))
      expect(await errorOf()).toMatchObject({ code: 'REFUSED', reason: 'HTTP 400, request request-1' })
    }
  })

  it.each([
    ['no JSON', 200, `<b>${canary}`],
    ['JSON that is cut off', 200, `{"SecretString":"${canary}`],
    ['a page of a proxy', 400, `<b>${canary}`],
  ])('is BAD_RESPONSE where the answer is %s', async (_, status, body) => {
    await using _aws = await startAws((_asked, response) => {
      response.writeHead(status).end(body)
      return undefined
    })
    expect((await errorOf()).code).toBe('BAD_RESPONSE')
  })

  it('names the action that the role lacks', async () => {
    await using local = await startAccount({ secrets: { 'prod/db': canary }, parameters: { '/a': canary } })
    local.faults.deny('prod/db')
    local.faults.deny('/a')
    expect((await errorOf()).remedy).toContain('Allow secretsmanager:GetSecretValue on it')
    expect((await errorOf(parameter('/a'))).remedy).toContain('Allow ssm:GetParameter on it')
  })

  it.each(['reset', 'truncate'] as const)(
    'is UNREACHABLE where the connection is lost: %s',
    async (fault) => {
      await using local = await startAccount({ secrets: { 'prod/db': canary } })
      local.faults[fault]()
      expect(await errorOf()).toMatchObject({ code: 'UNREACHABLE', transient: true })
    },
  )

  it('is overcome where a second attempt gets through', async () => {
    await using local = await startAccount({ secrets: { 'prod/db': canary } })
    local.faults.reset({ times: 1 })
    expect(await ask(newSdk(), [secret('prod/db')])).toMatchObject([{ ok: true, value: canary }])
  })

  it('is UNREACHABLE where nobody listens', async () => {
    useEndpoint('http://127.0.0.1:1')
    expect(await errorOf(tree('/a'))).toMatchObject({ code: 'UNREACHABLE', reason: 'ECONNREFUSED' })
  })

  it('is UNREACHABLE where the host has no address', async () => {
    useEndpoint('http://nowhere.invalid')
    expect(await errorOf()).toMatchObject({
      code: 'UNREACHABLE',
      reason: expect.stringMatching(/^E[A-Z_]+$/),
    })
  })

  it('is BAD_RESPONSE where something else than HTTP answers', async () => {
    await using local = await startAccount({ secrets: { 'prod/db': canary } })
    local.faults.garbage()
    expect(await errorOf()).toMatchObject({ code: 'BAD_RESPONSE', reason: 'HPE_INVALID_CONSTANT' })
  })

  it('names AWS_REGION where there is no Region', async () => {
    useEndpoint('http://127.0.0.1:1')
    delete process.env['AWS_REGION']
    const error = await errorOf(undefined, newSdk({ region: undefined }))
    expect(error).toMatchObject({
      code: 'CONFIGURATION',
      reason: 'the Region is missing',
      remedy: 'Set AWS_REGION, or pass sdk({ region }).',
    })
  })

  it('names AWS_ENDPOINT_URL where that is no URL', async () => {
    useEndpoint('not a url')
    const error = await errorOf()
    expect(error).toMatchObject({
      code: 'CONFIGURATION',
      reason: 'the endpoint is not a URL',
      remedy: 'Mend AWS_ENDPOINT_URL.',
    })
  })

  it('says what to do where there are no credentials', async () => {
    useEndpoint('http://127.0.0.1:1')
    for (const name of ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'SESSION_TOKEN'])
      delete process.env[`AWS_${name}`]
    const error = await errorOf()
    expect(error).toMatchObject({
      code: 'TOKEN',
      reason: 'CredentialsProviderError',
      remedy: expect.stringContaining('role'),
    })
  })

  it.each([
    [new Error(canary)],
    [canary],
    [undefined],
    [{ name: 12, $metadata: { httpStatusCode: canary } }],
  ])('that is none of these is SOURCE_FAILED (%#)', async (thrown) => {
    const send = () => Promise.reject(thrown)
    const error = await errorOf(undefined, newSdk({ secretsManager: { config: {}, send } }))
    expect(error.code).toBe('SOURCE_FAILED')
  })
})

describe('failureOf', () => {
  const codeOf = (thrown: object) => failureOf(thrown, 'ssm:GetParameter').code
  const remedyOf = (thrown: object) => failureOf(thrown, 'ssm:GetParameter').remedy

  it.each([
    'NotToSlowDown',
    'SlowDownPlease',
    'MyKMSException',
    'DecryptionFailureOfMine',
    'InvalidKeyIdOfMine',
    'MyResourceNotFoundException',
    'NotAccessDenied',
    'UnauthorizedOperationOfMine',
    'MyValidationException',
    'ValidationExceptionOfMine',
    'ProviderErrorOfMine',
    'NotExpiredToken',
    'NotUnrecognizedClientException',
    'NotAnUnknownOperationException',
    'NotInternalServerError',
    'NotAnAbortError',
    'AbortErrorOfMine',
  ])('does not take a name for the one that it holds: %s', (name) => {
    expect(codeOf({ name, $metadata: { httpStatusCode: 400 } })).toBe('REFUSED')
  })

  it('tells a timeout from a connection that was lost, which the SDK names alike', () => {
    expect(codeOf({ name: 'TimeoutError' })).toBe('TIMEOUT')
    expect(codeOf({ name: 'TimeoutError', code: 'ETIMEDOUT' })).toBe('TIMEOUT')
    expect(codeOf({ name: 'TimeoutError', code: 'ECONNRESET' })).toBe('UNREACHABLE')
    expect(codeOf({ name: 'Error', code: 'ETIMEDOUT' })).toBe('UNREACHABLE')
  })

  it('says what to do about credentials', () => {
    expect(remedyOf({ name: 'CredentialsProviderError' })).toBe(
      'Give the function a role; elsewhere set AWS_PROFILE, or log in with "aws sso login".',
    )
    expect(remedyOf({ name: 'ExpiredTokenException' })).toBe(
      'Renew the credentials, and check the clock of this machine.',
    )
  })

  it('leaves what to do to the error where there is nothing to add', () => {
    for (const name of ['ThrottlingException', 'SomethingNew']) {
      const error = failureOf({ name, $metadata: { httpStatusCode: 400 } }, 'ssm:GetParameter')
      const { remedy } = new (error.constructor as new () => typeof error)()
      expect(error.remedy).toBe(remedy)
    }
  })
})
