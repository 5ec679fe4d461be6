import { describe, expect, it, jest } from '@jest/globals'
import { eventOf, eventTypes } from '../src/run/events/event-types.ts'
import { httpEvent } from '../src/run/events/http-event.ts'
import { readRunArguments } from '../src/run/run-arguments.ts'
import { makeFolder, runHere } from './run-here.ts'

// Processes have to start first, on a machine that may be busy.
jest.setTimeout(120_000)

describe('run --event-type', () => {
  it.each([
    ['apigw-v2', { version: '2.0', rawPath: '/', requestContext: { http: { method: 'GET' } } }],
    ['sqs', { Records: [{ eventSource: 'aws:sqs', body: '{"id":1}' }] }],
    ['schedule', { source: 'aws.events', 'detail-type': 'Scheduled Event' }],
    ['sns', { Records: [{ EventSource: 'aws:sns', Sns: { Message: '{"id":1}' } }] }],
    ['s3', { Records: [{ eventSource: 'aws:s3', s3: { object: { key: 'folder/file.json' } } }] }],
    ['dynamodb', { Records: [{ eventSource: 'aws:dynamodb', dynamodb: { Keys: { id: { S: '1' } } } }] }],
  ])('gives the function an event of %s', async (type, wanted) => {
    await using made = await makeFolder({ 'index.mjs': 'export const handler = async (event) => event' })
    const { last } = await runHere(made.folder, '--event-type', type)
    expect(last?.result).toMatchObject(wanted)
  })

  it.each(eventTypes)('makes %s with ids of its own each time, in the Region of the account', (type) => {
    const [one, other] = [eventOf(type, 'eu-central-2'), eventOf(type, 'eu-central-2')].map((event) =>
      JSON.stringify(event),
    )
    expect(one).not.toBe(other)
    expect(one?.match(/\b[a-z]{2}-[a-z]+-\d\b/g) ?? ['eu-central-2']).not.toContain('eu-west-1')
  })

  it('refuses what it does not know, and two events at once', () => {
    expect(() => readRunArguments(['--event-type', 'sq'])).toThrow(
      '--event-type is "sq"; it is one of apigw-v2, sqs, schedule, sns, s3, dynamodb. Did you mean "sqs"?',
    )
    expect(() => readRunArguments(['--event-type', 'toString'])).toThrow('--event-type is "toString"')
    expect(() => readRunArguments(['--event-type', 'sqs', '--event', '{}'])).toThrow(
      '--event and --event-type both say which event there is; leave one of them out',
    )
  })
})

describe('httpEvent', () => {
  const request = { method: 'GET', target: '/', headers: {} }

  it('has the path decoded, the query as it came, and values that come twice joined', () => {
    const event = httpEvent({ ...request, target: '/a%20b?x=1&y=%C3%A9&x=2' })
    expect(event).toMatchObject({
      rawPath: '/a b',
      rawQueryString: 'x=1&y=%C3%A9&x=2',
      queryStringParameters: { x: '1,2', y: 'é' },
    })
    expect(httpEvent({ ...request, target: '/%ff?__proto__=1' })).toMatchObject({ rawPath: '/%ff' })
  })

  it('has cookies of their own, apart from the headers', () => {
    const event = httpEvent({ ...request, headers: { cookie: 'a=1; b=2', accept: '*/*' } })
    expect([event.cookies, event.headers]).toEqual([['a=1', 'b=2'], { accept: '*/*' }])
  })

  it.each([
    ['application/json', false],
    ['application/vnd.api+json; charset=utf-8', false],
    ['text/csv', false],
    ['application/x-www-form-urlencoded', true],
    ['image/png', true],
    ['application/octet-stream', true],
  ])('has a body of %s in base64: %s', (type, isBase64Encoded) => {
    const body = Buffer.from('{"a":"é"}')
    const event = httpEvent({ ...request, method: 'POST', headers: { 'content-type': type }, body })
    expect(event.isBase64Encoded).toBe(isBase64Encoded)
    expect(Buffer.from(event.body ?? '', isBase64Encoded ? 'base64' : 'utf8')).toEqual(body)
  })

  it('has no body where there is none', () => {
    const event = httpEvent({ ...request, body: Buffer.alloc(0) })
    expect(event).not.toHaveProperty('body')
    expect(event.isBase64Encoded).toBe(false)
  })

  it('has the time as an access log has it', () => {
    const { requestContext } = httpEvent(request, new Date('2026-11-05T07:08:09.123Z'))
    expect([requestContext.time, requestContext.timeEpoch]).toEqual([
      '05/Nov/2026:07:08:09 +0000',
      1793862489123,
    ])
  })
})
