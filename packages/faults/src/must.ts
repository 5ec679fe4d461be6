import { fail, ok } from 'node:assert/strict'
import { isSecretsCacheError } from '@secrets-cache/core'
import type { Backend } from './backend.ts'
import { storedValue } from './canary.ts'
import type { Outcome } from './scenario.ts'

/** The invocation was served this value under this key. */
export function mustServe(outcome: Outcome, value: unknown = storedValue('db'), key = 'db'): void {
  mustAnswer(outcome)
  if (outcome.error !== undefined) fail(`an error instead of a value: ${describe(outcome.error)}`)
  // The message holds neither value: the harness must not leak one itself.
  ok(
    Object.is(outcome.values?.[key], value),
    `not the value expected for ${key}: ${typeof outcome.values?.[key]}`,
  )
}

/** The invocation failed. An error of ours has one of these codes and names what failed. */
export function mustFail(outcome: Outcome, codes: string | readonly string[], name?: string): void {
  mustAnswer(outcome)
  ok(outcome.values === undefined, 'values instead of an error')
  const { error } = outcome
  ok(error instanceof Error || isSecretsCacheError(error), 'what was thrown is no error')
  if (!isSecretsCacheError(error)) return
  ok([codes].flat().includes(error.code), `the code is ${error.code}`)
  if (name !== undefined) mustName(outcome, name)
}

/** The error names what failed. */
export function mustName({ error }: Outcome, name: string): void {
  ok((error as Error).message.includes(name), 'the error does not name what failed')
}

/** The invocation was served where there is a second source, and failed otherwise. */
export function mustServeOrFail(outcome: Outcome, backend: Backend, codes: string | readonly string[]): void {
  if (backend.faces.length > 1) mustServe(outcome)
  else mustFail(outcome, codes, backend.id('db'))
}

export function mustAnswer(outcome: Outcome): void {
  ok(!outcome.isHung, 'no answer')
}

/** firstOf may ask its second source too where a slow machine has used up the time of the first. */
export function mustAsk(backend: Backend, times: number): void {
  const calls = backend.calls()
  const isLate = times > 0 && backend.faces.length > 1 && calls === times + 1
  ok(calls === times || isLate, `${calls} requests instead of ${times}`)
}

export const mustAskAtMost = (backend: Backend, times: number): void =>
  ok(backend.calls() <= times, `${backend.calls()} requests; at most ${times} were expected`)

function describe(error: unknown): string {
  const { name, code } = Object(error) as { name?: unknown; code?: unknown }
  return [name, code].filter((word) => typeof word === 'string').join(' ')
}
