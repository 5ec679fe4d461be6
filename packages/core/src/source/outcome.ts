import { isSecretsCacheError, type SecretsCacheError, SourceError } from '../errors/index.ts'
import { isPlainObject, isWord } from '../shared/check.ts'
import { textOf } from '../shared/fields.ts'
import type { Outcome, RawLeaf, RawValue } from './source.ts'

/** Holds a source to its contract: whatever it answers, throws or rejects with becomes an outcome. Never rejects. */
export async function outcomeOf(answer: PromiseLike<unknown>): Promise<Outcome> {
  try {
    return checkedOutcome(await answer)
  } catch (thrown) {
    return thrownOutcome(thrown)
  }
}

export function checkedOutcome(answer: unknown): Outcome {
  const { ok, value, version, arn, error } = (answer ?? {}) as Record<string, unknown>
  const raw = ok === true ? rawValue(value) : undefined
  if (raw !== undefined) {
    return { ok: true, value: raw, version: shownVersion(version), arn: textOf(arn) }
  }
  if (ok === false && isUsable(error)) return { ok, error }
  return failure(
    ok === true ? 'its outcome has no value of a known kind' : 'its outcome is neither a value nor an error',
  )
}

/** What was thrown may hold anything, or throw when it is looked at: only the name of its class is told. */
export function thrownOutcome(thrown: unknown): Outcome {
  try {
    if (isUsable(thrown)) return { ok: false, error: thrown }
    if (thrown instanceof Error)
      return failure(isWord(thrown.name) ? `it threw ${thrown.name}` : 'it threw an error')
  } catch {
    // What it threw cannot even be looked at.
  }
  return failure('it threw something that is not an error')
}

/** An error of this library that belongs to one reference: not one of several keys, and not an imitation. */
function isUsable(error: unknown): error is SecretsCacheError {
  if (!isSecretsCacheError(error) || error.code === 'SEVERAL') return false
  return isWord(error.code) && typeof error.transient === 'boolean' && isSecretsCacheError(error.about({}))
}

function failure(reason: string): Outcome {
  return { ok: false, error: new SourceError({ reason }) }
}

/** A list or a tree is copied: a foreign object could change later, or answer differently. */
function rawValue(value: unknown): RawValue | undefined {
  if (typeof value === 'string' || value instanceof Uint8Array) return value
  const texts = textsOf(value)
  if (texts || !isPlainObject(value)) return texts
  const leaves = Object.entries(value).map(([name, leaf]): [string, RawLeaf | undefined] => [
    name,
    typeof leaf === 'string' ? leaf : textsOf(leaf),
  ])
  return leaves.every(([, leaf]) => leaf !== undefined)
    ? (Object.fromEntries(leaves) as Record<string, RawLeaf>)
    : undefined
}

function textsOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined
  const items: unknown[] = [...value]
  return items.every((item) => typeof item === 'string') ? items : undefined
}

/** A version is shown to people, so it must look like one. */
function shownVersion(given: unknown): string | undefined {
  return isWord(given) ? given : undefined
}
