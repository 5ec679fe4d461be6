import { describe, expect, it, jest } from '@jest/globals'
import { isMet, runScenario } from '../src/run-scenario.ts'
import { scenarios } from '../src/scenarios/index.ts'
import { ours } from '../src/subjects/ours.ts'

// A bound for a hang, not for a slow machine.
jest.setTimeout(60_000)

/**
 * Every fault that can meet one of ours, as a test each, and nothing leaks. `npm run faults` tries each with secrets
 * and with parameters; here every other one has parameters.
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
