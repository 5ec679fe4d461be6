import { isUtf8 } from 'node:buffer'
import type { Outcome, SecretsCacheError } from '@secrets-cache/core'
import {
  type Fields,
  fieldsOf,
  hasNoValueYet,
  noValueYet,
  parseFields,
  sharedArn,
  textOf,
} from '@secrets-cache/core/internal'
import { readSourceResult, secretValue } from './secret-value.ts'

/** What an answer holds, or in a few words why it holds nothing; never with a piece of it. */
export type Reading =
  | Extract<Outcome, { ok: true }>
  | {
      readonly ok: false
      readonly reason: string
      /** What the answer says, where it makes sense and yet holds no value. */
      readonly error?: SecretsCacheError
    }

/**
 * Reads the body of a 200 to `asked`, the name with its version or label. Its Content-Type is not looked at: the agent
 * sends none, the layer's is unverified. Nor are its dates, which may be ISO or seconds since 1970.
 */
export function readResponse(kind: 'secret' | 'parameter', body: Buffer, asked = ''): Reading {
  if (!isUtf8(body)) return unreadable('not UTF-8')
  const answer = parseFields(body.toString())
  if (!answer) return unreadable('not JSON')
  return kind === 'secret' ? readSecret(answer) : readParameter(answer, asked)
}

function readSecret(secret: Fields): Reading {
  const value = secretValue(secret['SecretString'], secret['SecretBinary'])
  if (value === undefined) {
    const reading = unreadable('neither SecretString nor SecretBinary')
    return hasNoValueYet(secret) ? { ...reading, error: noValueYet() } : reading
  }
  return { ok: true, value, version: textOf(secret['VersionId']), arn: textOf(secret['ARN']) }
}

function readParameter(answer: Fields, asked: string): Reading {
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
    arn: sharedArn(asked, textOf(parameter['ARN'])),
  }
}

function parameterValue(value: unknown, type: unknown): string | string[] | undefined {
  if (typeof value !== 'string' || type !== 'StringList') return textOf(value)
  return value === '' ? [] : value.split(',')
}

function numbered(version: unknown): string | undefined {
  if (version === 0 || (typeof version !== 'number' && typeof version !== 'string')) return undefined
  return String(version)
}

function unreadable(reason: string): Extract<Reading, { ok: false }> {
  return { ok: false, reason }
}
