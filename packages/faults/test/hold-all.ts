import { describe, expect, it, jest } from '@jest/globals'
import { isMet, runScenario } from '../src/run-scenario.ts'
import { scenarios } from '../src/scenarios/index.ts'
import { ours } from '../src/subjects/ours.ts'

// Only a hang takes that long.
jest.setTimeout(60_000)

/**
 * Makes a test of every fault that can happen to one of ours: it must hold, and nothing may leak. `npm run faults` tries
 * each with secrets and with parameters; here they alternate.
 */
export function holdAll(name: string): void {
  const subject = ours.find((one) => one.name === name) as (typeof ours)[number]
  for (const [group, all] of Object.entries(scenarios)) {
    const met = all.filter((scenario) => isMet(scenario, subject))
    describe(group, () => {
      for (const [index, scenario] of met.entries()) {
        it(scenario.name, async () => {
          expect(await runScenario(scenario, subject, { only: index })).toEqual({ passed: true, leaks: [] })
        })
      }
    })
  }
}
