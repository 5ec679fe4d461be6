import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type Askable, pathOf } from '../src/endpoint.ts'
import { failureOfAnswer } from '../src/failure-of-answer.ts'
import { readResponse } from '../src/read-response.ts'

const kind = fc.constantFrom('secret' as const, 'parameter' as const)
const reasons = ['not UTF-8', 'not JSON', 'neither SecretString nor SecretBinary', 'no Value']
/** Answers that are nearly right: the fields that are read, with anything in them. */
const nearAnswer = fc.oneof(
  fc.record(
    {
      SecretString: fc.jsonValue(),
      SecretBinary: fc.jsonValue(),
      VersionId: fc.jsonValue(),
      ARN: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
  fc.record({
    Parameter: fc.record(
      {
        Value: fc.jsonValue(),
        Type: fc.constantFrom('String', 'StringList', 'SecureString', 7),
        Version: fc.jsonValue(),
        SourceResult: fc.oneof(fc.jsonValue(), fc.json()),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.jsonValue(),
)

describe('pathOf', () => {
  it('delivers any name, stage and label as one value each, in visible ASCII', () => {
    const text = fc.string({ unit: 'grapheme' })
    fc.assert(
      fc.property(kind, text, text, fc.boolean(), (of, id, selector, flag) => {
        const reference: Askable =
          of === 'secret'
            ? { kind: of, id, stage: selector }
            : { kind: of, id, label: selector, decrypt: flag }
        const path = pathOf(reference, flag)
        expect(path).toMatch(/^\/(secretsmanager|systemsmanager\/parameters)\/get\?[!-~]*$/)
        const values = [...new URL(path, 'http://127.0.0.1').searchParams.values()]
        expect(values.slice(0, 2)).toEqual([id, selector])
        expect(values).toHaveLength(flag ? 3 : 2)
      }),
    )
  })
})

describe('readResponse', () => {
  it('finds a value or a known reason in any answer, and never throws', () => {
    fc.assert(
      fc.property(kind, nearAnswer, (of, answer) => {
        const reading = readResponse(of, Buffer.from(JSON.stringify(answer)))
        if (!reading.ok) return reasons.includes(reading.reason)
        const { value, version, arn } = reading
        expect(typeof value === 'string' || value instanceof Uint8Array || Array.isArray(value)).toBe(true)
        return [version, arn].every((field) => field === undefined || typeof field === 'string')
      }),
    )
  })

  it('reads any bytes without throwing', () => {
    fc.assert(
      fc.property(kind, fc.uint8Array({ maxLength: 200 }), (of, bytes) => {
        const reading = readResponse(of, Buffer.from(bytes))
        expect(reading.ok || reasons.includes(reading.reason)).toBe(true)
      }),
    )
  })

  it('gives any text and any bytes back as they were', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint8Array(), (text, bytes) => {
        const read = (secret: object) => readResponse('secret', Buffer.from(JSON.stringify(secret)))
        expect(read({ SecretString: text })).toMatchObject({ value: text })
        const base64 = Buffer.from(bytes).toString('base64')
        expect(read({ SecretBinary: base64 })).toMatchObject({ value: new Uint8Array(bytes) })
      }),
    )
  })
})

describe('failureOfAnswer', () => {
  it('gives an error without a piece of the body, whatever the status and the body', () => {
    fc.assert(
      fc.property(kind, fc.integer({ min: 200, max: 599 }), fc.string(), (of, status, text) => {
        const body = Buffer.from(`${text} CANARY {"__type":"${text}CANARY","message":"CANARY"}`)
        const { error } = failureOfAnswer({ status, body }, of, {
          source: 'extension',
          id: 'a',
          port: '2773',
        })
        expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('CANARY')
        expect(error).toMatchObject({ id: 'a', source: 'extension' })
      }),
    )
  })
})
