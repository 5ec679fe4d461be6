import { isSecretsCacheError, SourceError } from '../errors/index.ts'
import { isPlainObject } from '../shared/check.ts'
import type { Outcome, RawValue } from './source.ts'

/** Holds a source to its contract: whatever it answered becomes an outcome, and nothing foreign gets further. */
export function checkedOutcome(answer: unknown): Outcome {
  const { ok, value, version, arn, error } = (answer ?? {}) as Record<string, unknown>
  if (ok === true && isRawValue(value)) return { ok, value, version: textOf(version), arn: textOf(arn) }
  if (ok === false && isSecretsCacheError(error)) return { ok, error }
  return failure(
    ok === true ? 'its outcome has no value of a known kind' : 'its outcome is neither a value nor an error',
  )
}

/** A source that threw or rejected. What it threw may hold anything, so only the name of its class is told. */
export function thrownOutcome(thrown: unknown): Outcome {
  if (isSecretsCacheError(thrown)) return { ok: false, error: thrown }
  return failure(
    thrown instanceof Error ? `it threw ${thrown.name}` : 'it threw something that is not an error',
  )
}

function failure(reason: string): Outcome {
  return { ok: false, error: new SourceError({ reason }) }
}

function isRawValue(value: unknown): value is RawValue {
  if (typeof value === 'string' || value instanceof Uint8Array || isTexts(value)) return true
  return (
    isPlainObject(value) && Object.values(value).every((leaf) => typeof leaf === 'string' || isTexts(leaf))
  )
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function textOf(given: unknown): string | undefined {
  return typeof given === 'string' ? given : undefined
}
