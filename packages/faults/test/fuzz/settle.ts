import { inspect } from 'node:util'
import { expect } from '@jest/globals'
import { isSecretsCacheError } from '@secrets-cache/middy'
import { holdsCanary } from '../../src/canary.ts'

/** How often each property is tried; `npm run fuzz` tries far longer. */
export const numRuns = Number(process.env['FUZZ_RUNS'] ?? 500)

/** For Jest: a bound for what never ends, not for a slow machine. */
export const timeout = 60_000 + numRuns * 200

/** What became of a call: a value, or what was thrown. */
export interface Settled {
  readonly value?: unknown
  readonly thrown?: unknown
}

export async function settle(run: () => unknown): Promise<Settled> {
  try {
    return { value: await run() }
  } catch (thrown) {
    return { thrown }
  }
}

/** One of ours, and nothing that is stored or answered stands in it. */
export function mustBeTyped(thrown: unknown): void {
  if (!isSecretsCacheError(thrown)) throw new Error(`no error of ours: ${inspect(thrown)}`)
  expect(holdsCanary(inspect(thrown, { depth: 9, showHidden: true }) + JSON.stringify(thrown))).toBe(false)
}
