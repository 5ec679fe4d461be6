import { NotFoundError, ResponseError, type SecretsCacheError, UnsupportedError } from '../errors/index.ts'
import { type Fields, parseFields, textOf } from '../shared/fields.ts'
import type { Outcome, RawLeaf } from '../source/source.ts'
import { failed } from './batches.ts'
import { sharedArn } from './selector.ts'

/** One parameter of an answer to the name that was asked for. */
export function parameterOutcome(parameter: Fields, asked: string): Outcome {
  const value = leafOf(parameter)
  if (value === undefined) return failed(noValue(parameter))
  return { ok: true, value, version: versionOf(parameter), arn: sharedArn(asked, textOf(parameter['ARN'])) }
}

export function leafOf({ Type, Value }: Fields): RawLeaf | undefined {
  if (typeof Value !== 'string') return undefined
  return Type === 'StringList' ? Value.split(',') : Value
}

/** A secret under /aws/reference/secretsmanager/ has version 0; its VersionId stands in SourceResult. */
export function versionOf({ Version, SourceResult }: Fields): string | undefined {
  if (Version) return String(Version)
  const secret = parseFields(textOf(SourceResult))
  return textOf(secret?.['versionId'] ?? secret?.['VersionId'])
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
