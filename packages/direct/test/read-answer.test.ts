import { describe, expect, it } from '@jest/globals'
import { readAnswer } from '../src/calls/read-answer.ts'

const read = (
  status: number,
  body: string | Buffer,
  headers: Record<string, string> = {},
): { readonly code?: unknown; readonly reason?: unknown } => {
  const answer = readAnswer({ status, headers, body: Buffer.from(body) }, 'ssm:GetParameter')
  return answer.ok ? answer.output : { code: answer.error.code, reason: answer.error.reason }
}

describe('readAnswer', () => {
  it.each(['', '[]', '"{"', 'x {"a":1}', '{', Buffer.from([0x7b, 0xff, 0x7d])])(
    'finds no object in a 200 with %j',
    (body) => {
      const reason = 'HTTP 200, and no JSON object in it'
      expect(read(200, body)).toEqual({ code: 'BAD_RESPONSE', reason })
    },
  )

  it('takes an object after white space, and makes bytes of base64', () => {
    expect(read(200, ' \n{"SecretBinary":"AQI="}')).toEqual({ SecretBinary: new Uint8Array([1, 2]) })
    expect(read(200, '{"SecretBinary":"no base64!"}')).toEqual({ SecretBinary: false })
  })

  it.each([300, 301, 307, 399])('says of %i that it is a redirect', (status) => {
    const reason = `HTTP ${status}, a redirect, not followed`
    expect(read(status, '{}')).toEqual({ code: 'BAD_RESPONSE', reason })
  })

  it('says of a page of a 4xx that it is no JSON, and takes that of a 500 or 429 for theirs', () => {
    expect(read(403, '<html>')).toEqual({ code: 'BAD_RESPONSE', reason: 'HTTP 403, and no JSON in it' })
    expect(read(403, '').code).toBe('REFUSED')
    expect(read(429, '<html>').code).toBe('THROTTLED')
    expect(read(500, '<html>').code).toBe('SERVICE_FAILED')
    expect(read(403, '<html>', { 'x-amzn-errortype': 'AccessDeniedException:' }).code).toBe('ACCESS_DENIED')
  })

  it.each(['__type', 'code'])('finds the name of an error in %s', (field) => {
    expect(read(400, JSON.stringify({ [field]: 'com.amazonaws#ParameterNotFound' })).code).toBe('NOT_FOUND')
  })

  it('tells the status of what is neither a success nor a failure', () => {
    expect(read(204, '{}')).toEqual({ code: 'BAD_RESPONSE', reason: 'HTTP 204' })
  })
})
