import { inspect } from 'node:util'
import { expect } from '@jest/globals'
import { isSecretsCacheError } from '@secrets-cache/middy'
import { holdsCanary } from '../../src/canary.ts'

/** How often each property is tried; `npm run fuzz` tries more often. */
export const numRuns = Number(process.env['FUZZ_RUNS'] ?? 500)

/** Jest's timeout; only what never ends takes that long. */
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

/** It must be an error of ours that shows nothing of what is stored or answered. */
export function mustBeTyped(thrown: unknown): void {
  if (!isSecretsCacheError(thrown)) throw new Error(`no error of ours: ${inspect(thrown)}`)
  expect(holdsCanary(inspect(thrown, { depth: 9, showHidden: true }) + JSON.stringify(thrown))).toBe(false)
}
