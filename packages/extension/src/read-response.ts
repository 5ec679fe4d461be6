import { isUtf8 } from 'node:buffer'
import type { Outcome } from '@secrets-cache/core'
import { asText, type Fields, fieldsOf, parseFields } from './json.ts'
import { readSourceResult, secretValue } from './secret-value.ts'

/** What an answer holds, or in a few words why it holds nothing; never with a piece of it. */
export type Reading = Extract<Outcome, { ok: true }> | { readonly ok: false; readonly reason: string }

/**
 * Reads the body of a 200. Its Content-Type is not looked at: the agent sends none, the layer's is unverified.
 * So are the dates: ISO, seconds since 1970 as a number or as a string.
 */
export function readResponse(kind: 'secret' | 'parameter', body: Buffer): Reading {
  if (!isUtf8(body)) return unreadable('not UTF-8')
  const answer = parseFields(body.toString())
  if (!answer) return unreadable('not JSON')
  return kind === 'secret' ? readSecret(answer) : readParameter(answer)
}

function readSecret(secret: Fields): Reading {
  const value = secretValue(secret['SecretString'], secret['SecretBinary'])
  if (value === undefined) return unreadable('neither SecretString nor SecretBinary')
  return { ok: true, value, version: asText(secret['VersionId']), arn: asText(secret['ARN']) }
}

function readParameter(answer: Fields): Reading {
  const parameter = fieldsOf(answer['Parameter'])
  // A secret read through Parameter Store has version 0 for ever; its own VersionId is in the SourceResult.
  const version = numbered(parameter['Version'])
  const secret = version ? { value: undefined, version } : readSourceResult(parameter['SourceResult'])
  const value = parameterValue(parameter['Value'], parameter['Type']) ?? secret.value
  if (value === undefined) return unreadable('no Value')
  return {
    ok: true,
    value,
    version: secret.version,
    arn: asText(parameter['ARN']),
  }
}

function parameterValue(value: unknown, type: unknown): string | string[] | undefined {
  if (typeof value !== 'string' || type !== 'StringList') return asText(value)
  return value === '' ? [] : value.split(',')
}

function numbered(version: unknown): string | undefined {
  if (version === 0 || (typeof version !== 'number' && typeof version !== 'string')) return undefined
  return String(version)
}

function unreadable(reason: string): Reading {
  return { ok: false, reason }
}
