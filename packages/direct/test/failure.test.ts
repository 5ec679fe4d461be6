import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { Reference } from '@secrets-cache/core'
import {
  ask,
  canary,
  contextOf,
  newDirect,
  parameter,
  read,
  secret,
  startAccount,
  told,
  tree,
  useEndpoint,
} from './account.ts'
import { Exception, startAws } from './aws.ts'
import { closeStarted } from './close-started.ts'

afterEach(closeStarted)

// Without pauses between attempts.
beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => {
  jest.restoreAllMocks()
})

/** The one error, which tells nothing secret whichever way it is printed. */
async function errorOf(reference: Reference = secret('prod/db'), source = newDirect()) {
  const [outcome] = await ask(source, [reference])
  if (!outcome || outcome.ok) throw new Error('it did not fail')
  const { error } = outcome
  for (const printed of [
    inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify(error),
    error.stack,
  ]) {
    expect(printed).not.toMatch(/CANARY|[\da-f]{64}/)
  }
  return error
}

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
    ['NOT_FOUND', 1, ['ResourceNotFoundException', 'ParameterNotFound', 'ParameterVersionNotFound']],
    ['ACCESS_DENIED', 1, ['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation']],
    ['DECRYPTION_FAILED', 1, ['DecryptionFailure', 'InvalidKeyId', 'KMSAccessDeniedException']],
    ['INVALID_REQUEST', 1, ['InvalidParameterException', 'InvalidRequestException', 'ValidationException']],
    ['THROTTLED', 3, throttles],
    ['SERVICE_FAILED', 1, ['InternalServiceError', 'InternalServerError']],
    ['TOKEN', 2, ['ExpiredTokenException', 'UnrecognizedClientException', 'InvalidSignatureException']],
    ['UNSUPPORTED', 1, ['UnknownOperationException']],
    ['REFUSED', 1, ['SomethingNewException']],
  ])('is %s, after %i attempts, where AWS says so: %s', async (code, attempts, names) => {
    for (const name of names) {
      const aws = await startAws(() => new Exception(name))
      const error = await errorOf()
      expect([name, error.code, aws.asked.length]).toEqual([name, code, attempts])
      expect(error.reason).toBe(`${name}, HTTP 400, request request-1`)
    }
  })

  it.each([
    [500, 'SERVICE_FAILED', 3],
    [501, 'UNSUPPORTED', 1],
    [502, 'SERVICE_FAILED', 3],
    [503, 'SERVICE_FAILED', 3],
    [504, 'SERVICE_FAILED', 3],
    [505, 'SERVICE_FAILED', 1],
    [429, 'THROTTLED', 3],
    [403, 'REFUSED', 1],
    [301, 'BAD_RESPONSE', 1],
    [307, 'BAD_RESPONSE', 1],
    [204, 'BAD_RESPONSE', 1],
  ])('without a name is told by its status: %i is %s, after %i attempts', async (status, code, attempts) => {
    const elsewhere = await startAws(() => ({ SecretString: 'x' }))
    const aws = await startAws((_, response) => {
      response.writeHead(status, { location: elsewhere.url }).end()
      return undefined
    })
    expect(await errorOf()).toMatchObject({ code, reason: expect.stringContaining(`HTTP ${status}`) })
    expect(aws.asked).toHaveLength(attempts)
    expect(elsewhere.asked).toEqual([])
  })

  it.each(['ResourceNotFoundException:http://x/', 'com.amazonaws.x#ResourceNotFoundException'])(
    'has the name that its header or its body gives, without what stands around it: %s',
    async (name) => {
      await startAws((_, response) => {
        response.writeHead(400, { 'x-amzn-errortype': name }).end('{}')
        return undefined
      })
      expect(await errorOf()).toMatchObject({
        code: 'NOT_FOUND',
        reason: 'ResourceNotFoundException, HTTP 400',
      })
      await startAws(() => new Exception(name))
      expect((await errorOf()).code).toBe('NOT_FOUND')
    },
  )

  it('does not pass on a name that is none', async () => {
    for (const name of [`${canary} <b>`, `<b> ${canary}`]) {
      await startAws(() => new Exception(name))
      expect(await errorOf()).toMatchObject({ code: 'REFUSED', reason: 'HTTP 400, request request-1' })
    }
  })

  it.each([
    ['no JSON', 200, `<b>${canary}`],
    ['JSON that is cut off', 200, `{"SecretString":"${canary}`],
    ['an array', 200, `["${canary}"]`],
    ['text', 200, `"${canary}"`],
    ['null', 200, 'null'],
    ['nothing', 200, ''],
    ['an object without a value', 200, '{}'],
    ['bytes that are no UTF-8', 200, Buffer.from('7b22536563726574537472696e67223a22ff227d', 'hex')],
    ['bytes that are no base64', 200, '{"SecretBinary":"*"}'],
    ['base64 with a hole', 200, `{"SecretBinary":"AA A="}`],
    ['a page of a proxy', 400, `<b>${canary}`],
  ])('is BAD_RESPONSE where the answer is %s', async (_, status, body) => {
    const aws = await startAws((_asked, response) => {
      response.writeHead(status).end(body)
      return undefined
    })
    expect((await errorOf()).code).toBe('BAD_RESPONSE')
    expect(aws.asked).toHaveLength(1)
  })

  it('names the action that the role lacks', async () => {
    const local = await startAccount({ secrets: { 'prod/db': canary }, parameters: { '/a': canary } })
    local.faults.deny('prod/db')
    local.faults.deny('/a')
    expect((await errorOf()).remedy).toContain('Allow secretsmanager:GetSecretValue on it')
    expect((await errorOf(parameter('/a'))).remedy).toContain('Allow ssm:GetParameter on it')
  })

  it.each(['reset', 'truncate'] as const)(
    'is UNREACHABLE where the connection is lost, and passes where it does: %s',
    async (fault) => {
      const local = await startAccount({ secrets: { 'prod/db': canary } })
      local.faults[fault]()
      expect(await errorOf()).toMatchObject({ code: 'UNREACHABLE', transient: true })
      await local.faults.clear()
      local.faults[fault]({ times: 2 })
      expect(await read(newDirect(), [secret('prod/db')])).toEqual([canary])
    },
  )

  it('is UNREACHABLE where nobody listens', async () => {
    useEndpoint('http://127.0.0.1:1')
    expect(await errorOf(tree('/a'))).toMatchObject({
      code: 'UNREACHABLE',
      reason: 'ECONNREFUSED',
      remedy: expect.stringContaining('Nothing listens on port 1'),
    })
  })

  it('is UNREACHABLE where the host has no address', async () => {
    useEndpoint('https://nowhere.invalid')
    expect(await errorOf()).toMatchObject({
      code: 'UNREACHABLE',
      reason: expect.stringMatching(/^E[A-Z_]+$/),
    })
  })

  it('is BAD_RESPONSE where something else than HTTP answers', async () => {
    const local = await startAccount({ secrets: { 'prod/db': canary } })
    local.faults.garbage()
    expect(await errorOf()).toMatchObject({
      code: 'BAD_RESPONSE',
      reason: expect.stringMatching(/^HPE_\w+$/),
    })
  })

  it('says what is to be set where there is no Region, and nothing is sent', async () => {
    const aws = await startAws(() => ({}))
    delete process.env['AWS_REGION']
    expect(await errorOf()).toMatchObject({ code: 'CONFIGURATION', reason: 'the Region is missing' })
    expect(aws.asked).toEqual([])
  })

  it('is UNREACHABLE where an agent that was passed in throws, of which nothing is passed on', async () => {
    await startAws(() => ({}))
    const addRequest = () => {
      throw Object.assign(new Error(canary), { code: canary })
    }
    const agent = { destroy() {}, addRequest } as never
    expect(await errorOf(undefined, newDirect({ agent }))).toMatchObject({ code: 'UNREACHABLE', reason: '' })
  })
})

describe('attempts that fail', () => {
  it('are told when another follows', async () => {
    let attempts = 0
    await startAws(() =>
      ++attempts < 3 ? new Exception('InternalServiceError', 500) : { SecretString: 'x' },
    )
    const heard = told()
    expect(await read(newDirect(), [secret('a')], contextOf(heard))).toEqual(['x'])
    expect(heard.retries).toEqual(['a SERVICE_FAILED', 'a SERVICE_FAILED'])
  })

  it('leave the error of the last one where the time is over in the pause after it', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(1)
    await startAws(() => new Exception('ThrottlingException'))
    const context = contextOf(told(), AbortSignal.timeout(200))
    expect(await read(newDirect(), [secret('a')], context)).toEqual([{ code: 'THROTTLED' }])
  })
})
