import { isUtf8 } from 'node:buffer'
import { ResponseError, type SecretsCacheError } from '@secrets-cache/core'
import { bytesOfBase64, type Fields, listOf, parseFields } from '@secrets-cache/core/internal'
import { failureOfAws } from '@secrets-cache/core/internal/aws'
import type { HttpResponse } from '../http/exchange.ts'
import { clockOffset } from './aws-clock.ts'
import { word } from './word.ts'

/** What an answer is: fields, or why there are none, with AWS's code for it. */
export type Answer =
  | { readonly ok: true; readonly output: Fields }
  | { readonly ok: false; readonly error: SecretsCacheError }

/** Reads an answer of the AWS JSON 1.1 protocol. `action` is the IAM action that the request needed. */
export function readAnswer({ status, headers, body }: HttpResponse, action: string): Answer {
  const fields = fieldsIn(body)
  if (status === 200) {
    return fields
      ? { ok: true, output: withBytes(fields) }
      : failed(new ResponseError({ reason: 'HTTP 200, and no JSON object in it' }))
  }
  const code = codeIn(headers['x-amzn-errortype']) || codeIn(fields?.['__type']) || codeIn(fields?.['code'])
  const isRedirect = status >= 300 && status < 400
  // What a proxy answers: the page of a 500 or 429 says no less than AWS's own.
  const isForeign = code === '' && body.length > 0 && !fields && status < 500 && status !== 429
  if (isRedirect || isForeign) {
    const why = isRedirect ? 'a redirect, not followed' : 'and no JSON in it'
    return failed(new ResponseError({ reason: `HTTP ${status}, ${why}` }))
  }
  const failure = {
    code,
    status,
    requestId: word(headers['x-amzn-requestid']),
    clockOffset: clockOffset(headers.date),
  }
  return failed(failureOfAws(failure, action) ?? new ResponseError({ reason: `HTTP ${status}` }))
}

/** Bytes that are no UTF-8 would become other characters, and so another value. */
function fieldsIn(body: Buffer): Fields | undefined {
  const text = isUtf8(body) ? body.toString() : ''
  return /^\s*\{/.test(text) ? parseFields(text) : undefined
}

/** AWS puts a namespace in front of its codes, or a URL behind them. */
function codeIn(given: unknown): string {
  return typeof given === 'string' ? word(given.split(':')[0]?.split('#').at(-1)) : ''
}

/** The bytes of a secret are base64 in JSON. */
function withBytes(fields: Fields): Fields {
  const { SecretBinary, SecretValues } = fields
  if (Array.isArray(SecretValues)) return { ...fields, SecretValues: listOf(SecretValues).map(withBytes) }
  // Text that is no base64 is no value; `false` says so to whoever looks for bytes.
  return typeof SecretBinary === 'string'
    ? { ...fields, SecretBinary: bytesOfBase64(SecretBinary) ?? false }
    : fields
}

function failed(error: SecretsCacheError): Answer {
  return { ok: false, error }
}
