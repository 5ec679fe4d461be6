// Runs every scenario for one subject, given by its number, in a process of its own, so that nothing it leaves behind
// affects the next subject. Writes each verdict as a line of JSON.
import { setImmediate } from 'node:timers/promises'
import { runScenario, type Verdict } from './run-scenario.ts'
import type { Subject } from './scenario.ts'
import { scenarios } from './scenarios/index.ts'
import { subjects } from './subjects/index.ts'

/** A verdict as this process writes it. */
export interface ScenarioVerdict extends Verdict {
  readonly group: string
  readonly name: string
  /** Unhandled rejections during the scenario. */
  readonly unhandled: number
}

const [number = '0', only = ''] = process.argv.slice(2)
const subject = (await subjects())[Number(number)] as Subject
let unhandled = 0
process.on('unhandledRejection', () => {
  unhandled++
})

for (const [group, all] of Object.entries(scenarios)) {
  for (const scenario of all) {
    if (!scenario.name.includes(only)) continue
    const before = unhandled
    const verdict = await runScenario(scenario, subject)
    await setImmediate()
    const one: ScenarioVerdict = { group, name: scenario.name, ...verdict, unhandled: unhandled - before }
    process.stdout.write(`${JSON.stringify(one)}\n`)
  }
}
// Ends now, whatever still hangs.
process.exit()
