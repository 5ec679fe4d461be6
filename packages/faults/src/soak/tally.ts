import { inspect } from 'node:util'
import { isSecretsCacheError } from '@secrets-cache/core'
import { holdsCanary } from '../canary.ts'
import { type Invoke, ids } from './handlers.ts'
import type { Ledger } from './ledger.ts'

/** Invokes, checks the result, and counts. */
export function createTally(ledger: Ledger) {
  const errors: Record<string, number> = {}
  const never = {
    'wrong or missing values': 0,
    'errors that are not typed': 0,
    leaks: 0,
    hangs: 0,
    'unhandled rejections': 0,
  }
  const counts = { invocations: 0, oldestMilliseconds: 0 }

  async function invoke(one: Invoke): Promise<void> {
    const since = Date.now()
    try {
      const values = await one()
      for (const [index, id] of ids.entries()) judge(id, values[index], since)
    } catch (error) {
      blame(error)
    }
    counts.invocations++
  }

  function judge(id: string, value: unknown, since: number): void {
    const age = ledger.ageOf(id, value, since)
    if (age === undefined) never['wrong or missing values']++
    else if (age > counts.oldestMilliseconds) counts.oldestMilliseconds = age
  }

  function blame(error: unknown): void {
    const isTyped = isSecretsCacheError(error)
    if (!isTyped) never['errors that are not typed']++
    const code = isTyped ? error.code : 'not typed'
    errors[code] = (errors[code] ?? 0) + 1
    // Later errors of one code are like the first thousand.
    const isNews = (errors[code] as number) <= 1_000
    if (isNews && holdsCanary(inspect(error, { depth: 9, showHidden: true }))) never.leaks++
  }

  return { errors, never, counts, invoke }
}
