import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict'
import { inspect } from 'node:util'
import type { Reference } from '../declare/reference.ts'
import { isSecretsCacheError } from '../errors/index.ts'
import type { Outcome, RawValue, Source } from '../source/source.ts'
import { fetchWith } from './fetch-with.ts'

/** What the contract needs of whoever runs it: a source, and what its backend holds. */
export interface ContractSetup {
  /** Makes a source; called anew for each check. */
  readonly source: () => Source
  /** At least two references with the values they have. */
  readonly known: readonly { readonly reference: Reference; readonly value: RawValue }[]
  /** References that the backend does not have. */
  readonly missing: readonly Reference[]
  /** Whether the source tells that something is missing, rather than only refusing. @default true */
  readonly tellsMissing?: boolean
}

/** One check of the contract, for any test runner. */
export interface ContractCheck {
  /** A sentence: the name of a test. */
  readonly name: string
  /** Rejects with what the source does wrong. */
  readonly run: () => Promise<void>
}

/**
 * What every source must do, as checks that any runner can run.
 * @example for (const { name, run } of sourceContract(setup)) it(name, run)
 */
export function sourceContract(setup: ContractSetup): readonly ContractCheck[] {
  const { known, missing, tellsMissing = true } = setup
  const references = known.map(({ reference }) => reference)
  const values = known.map(({ value }) => value)
  const gone = missing[0] as Reference

  const checks: Readonly<Record<string, (source: Source) => Promise<void>>> = {
    'has a name and an identity that stays': async (source) => {
      ok(source.name !== '' && source.identity !== '')
      strictEqual(source.identity, source.identity)
    },
    'answers each reference in its place': async (source) => {
      deepStrictEqual((await fetchWith(source, references)).map(theValue), values)
      const reversed = await fetchWith(source, references.toReversed())
      deepStrictEqual(reversed.map(theValue), values.toReversed())
    },
    'answers a reference asked twice in one call twice': async (source) => {
      const [reference] = references as [Reference]
      const outcomes = await fetchWith(source, [reference, reference])
      deepStrictEqual(outcomes.map(theValue), [values[0], values[0]])
    },
    'answers nothing when nothing is asked': async (source) => {
      deepStrictEqual(await fetchWith(source, []), [])
    },
    'answers many calls at once': async (source) => {
      const all = await Promise.all(Array.from({ length: 50 }, () => fetchWith(source, references)))
      for (const outcomes of all) deepStrictEqual(outcomes.map(theValue), values)
    },
    'gives a version that is text, or none': async (source) => {
      for (const outcome of await fetchWith(source, references)) {
        ok(outcome.ok && (outcome.version === undefined || typeof outcome.version === 'string'))
      }
    },
    'answers a forced fetch, unless it said that it cannot': async (source) => {
      if (source.refreshable === false) return
      deepStrictEqual((await fetchWith(source, references, { fresh: true })).map(theValue), values)
    },
    'says of what is missing that it is, without rejecting': async (source) => {
      const [outcome] = await fetchWith(source, [gone])
      const error = errorOf(outcome)
      if (tellsMissing) deepStrictEqual([error.code, error.transient], ['NOT_FOUND', false])
    },
    'answers the others when one is missing': async (source) => {
      const outcomes = await fetchWith(source, [gone, ...references])
      errorOf(outcomes[0])
      deepStrictEqual(outcomes.slice(1).map(theValue), values)
    },
    'settles everything when it is given up before it began': async (source) => {
      const outcomes = await fetchWith(source, references, { signal: AbortSignal.abort() })
      strictEqual(outcomes.length, references.length)
    },
    'keeps values out of its errors': async (source) => {
      const shown = inspect(await fetchWith(source, missing), { depth: 9, showHidden: true })
      for (const value of values) ok(typeof value !== 'string' || value === '' || !shown.includes(value))
    },
  }

  return Object.entries(checks).map(([name, check]) => ({ name, run: () => check(setup.source()) }))
}

function theValue(outcome: Outcome): RawValue {
  ok(outcome.ok, 'expected a value')
  return outcome.value instanceof Uint8Array ? new Uint8Array(outcome.value) : outcome.value
}

function errorOf(outcome: Outcome | undefined) {
  ok(outcome && !outcome.ok && isSecretsCacheError(outcome.error), 'expected an error of this library')
  return outcome.error
}
