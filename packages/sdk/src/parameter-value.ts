import {
  NotFoundError,
  type Outcome,
  type RawLeaf,
  ResponseError,
  type SecretsCacheError,
  UnsupportedError,
} from '@secrets-cache/core'
import { failed } from './batches.ts'
import { type Fields, fieldsOf, textOf } from './fields.ts'
import { hasSelector } from './selector.ts'

/** One parameter of an answer to the name that was asked for. */
export function parameterOutcome(parameter: Fields, asked: string): Outcome {
  const value = leafOf(parameter)
  if (value === undefined) return failed(noValue(parameter))
  // Without its selector the ARN would say that `name:3` and `name` are the same thing.
  const arn = hasSelector(asked) ? undefined : textOf(parameter['ARN'])
  return { ok: true, value, version: versionOf(parameter), arn }
}

export function leafOf({ Type, Value }: Fields): RawLeaf | undefined {
  if (typeof Value !== 'string') return undefined
  return Type === 'StringList' ? Value.split(',') : Value
}

/** A secret under /aws/reference/secretsmanager/ has version 0; its VersionId stands in SourceResult. */
export function versionOf({ Version, SourceResult }: Fields): string | undefined {
  return Version ? String(Version) : versionIdIn(SourceResult)
}

function versionIdIn(sourceResult: unknown): string | undefined {
  try {
    const { versionId, VersionId } = fieldsOf(JSON.parse(String(sourceResult)))
    return textOf(versionId ?? VersionId)
  } catch {
    // Not JSON: it names no version.
  }
  return undefined
}

function noValue({ SourceResult }: Fields): SecretsCacheError {
  if (typeof SourceResult !== 'string') return new ResponseError({ reason: 'there is no value in it' })
  return new UnsupportedError({
    reason: 'Parameter Store does not give the bytes of a secret',
    remedy: 'Declare it among the secrets: binary(name).',
  })
}

/** AWS says "invalid" of a name, version or label that does not exist, as of a malformed name. */
export function missingParameter(): NotFoundError {
  return new NotFoundError({ reason: 'InvalidParameters' })
}
