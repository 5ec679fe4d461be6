import { describe, expect, it } from '@jest/globals'
import {
  failureOf,
  fetchOne,
  parameter,
  recorded,
  secret,
  serve,
  serveInTurn,
  serveRaw,
  source,
} from './helpers/index.ts'

const told = (type: string) => `{"__type":"${type}","message":"CANARY with "quotes" that nobody escaped"}`

describe('an answer that is no 200', () => {
  it.each([
    [400, 'an unexpected error occurred while executing request', 'REFUSED'],
    [400, '', 'REFUSED'],
    [400, 'Forwarded', 'REFUSED'],
    [400, told('SomethingNewException'), 'REFUSED'],
    [400, told('ResourceNotFoundException'), 'NOT_FOUND'],
    [400, told('com.amazonaws.secretsmanager#ResourceNotFoundException'), 'NOT_FOUND'],
    [400, told('ResourceNotFoundException:http://internal/'), 'NOT_FOUND'],
    [400, told('AccessDeniedException'), 'ACCESS_DENIED'],
    [403, told('AccessDeniedException'), 'ACCESS_DENIED'],
    [400, told('DecryptionFailure'), 'DECRYPTION_FAILED'],
    [400, told('InvalidParameterException'), 'INVALID_REQUEST'],
    [400, told('InvalidRequestException'), 'INVALID_REQUEST'],
    [400, told('InternalServiceError'), 'SERVICE_FAILED'],
    ...[
      ...['Throttling', 'ThrottlingException', 'ThrottledException', 'RequestThrottledException'],
      ...['RequestThrottled', 'TooManyRequestsException', 'ProvisionedThroughputExceededException'],
      ...['RequestLimitExceeded', 'BandwidthLimitExceeded', 'LimitExceededException', 'SlowDown'],
    ].map((name): [number, string, string] => [400, told(name), 'THROTTLED']),
    [400, '{"message":"the token is wrong"}', 'REFUSED'],
    [400, 'operation error SSM: GetParameter, ThrottlingException: Rate exceeded', 'THROTTLED'],
    [404, told('ResourceNotFoundException'), 'NOT_FOUND'],
    [500, told('ResourceNotFoundException'), 'NOT_FOUND'],
    [501, '', 'SERVICE_FAILED'],
    [505, '', 'SERVICE_FAILED'],
    [404, 'Not found', 'BAD_RESPONSE'],
    [405, 'Not allowed', 'BAD_RESPONSE'],
    [204, '', 'BAD_RESPONSE'],
    [201, recorded.secret, 'BAD_RESPONSE'],
  ])('is told by its cause: %d %j is %s, asked once', async (status, body, code) => {
    const { port, requests } = await serveInTurn([status, body])
    const error = await failureOf(source(port, { agent: true }), secret('prod/db'))
    expect(error).toMatchObject({ code, id: 'prod/db', source: 'agent' })
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('CANARY')
    expect(error.cause).toBeUndefined()
    expect(requests).toHaveLength(1)
  })

  it.each([
    [500, told('InternalServiceError'), 'SERVICE_FAILED'],
    [500, '{"__type":"InternalFailure"}', 'SERVICE_FAILED'],
    [500, 'the token is wrong', 'SERVICE_FAILED'],
    [503, 'SlowDown', 'THROTTLED'],
    [500, 'not ready to serve traffic, please wait', 'SERVICE_FAILED'],
    [502, '', 'SERVICE_FAILED'],
    [504, told('TimeoutError'), 'SERVICE_FAILED'],
  ])(
    'that may pass is asked once, too, for a value that has come before: %d %j',
    async (status, body, code) => {
      const { port, requests } = await serveInTurn(recorded.secret, [status, body])
      const agent = source(port, { agent: true })
      await fetchOne(agent, secret('prod/db'))
      const error = await failureOf(agent, secret('prod/db'))
      expect(error).toMatchObject({ code, id: 'prod/db', source: 'agent' })
      expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('CANARY')
      expect(requests).toHaveLength(2)
    },
  )

  it('says where the reason of an opaque refusal is to be found', async () => {
    const { port } = await serveInTurn(recorded.refused)
    const ofSecret = await failureOf(source(port), secret('prod/db'))
    expect(ofSecret.message).toContain('"prod/db"')
    expect(ofSecret.remedy).toMatch(
      /name exists.*secretsmanager:GetSecretValue and kms:Decrypt.*extension's log/,
    )
    const ofParameter = await failureOf(source(port), parameter('/a'))
    expect(ofParameter.remedy).toMatch(/ssm:GetParameter/)
  })

  it.each([204, 299, 404, 499])('has its status for a reason: %d', async (status) => {
    const { port } = await serveInTurn([status, ''])
    expect(await failureOf(source(port), secret('a'))).toMatchObject({ reason: `HTTP ${status}` })
  })

  it.each([300, 301, 302, 303, 307, 308, 399])('is no redirect that is followed: %d', async (status) => {
    const other = await serveInTurn(recorded.secret)
    const { port } = await serve((_, response) => {
      response.writeHead(status, { location: `http://127.0.0.1:${other.port}/` }).end()
    })
    const error = await failureOf(source(port), secret('a'))
    expect(error).toMatchObject({ code: 'BAD_RESPONSE', reason: `HTTP ${status}, a redirect, not followed` })
    expect(other.connections()).toBe(0)
  })
})

describe('another program on the port', () => {
  it.each([
    'SSH-2.0-CANARY\r\n',
    'HTTP/1.1 CANARY\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: CANARY\r\n\r\n',
    `HTTP/1.1 200 OK\r\nx-long: ${'CANARY'.repeat(5000)}\r\n\r\n`,
  ])('is an error without its bytes: %.20j', async (bytes) => {
    const { port } = await serveRaw((socket) => socket.write(bytes))
    const error = await failureOf(source(port), secret('a'))
    expect(error).toMatchObject({ code: 'BAD_RESPONSE', reason: 'it is not HTTP' })
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('CANARY')
    expect(error.cause).toBeUndefined()
  })
})
