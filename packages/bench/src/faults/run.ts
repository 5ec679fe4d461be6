// Prints what each fault does to ours and to the peers. --ours leaves the peers out, --only picks by name,
// --why says what went wrong. Fails where one of ours does.
import { parseArgs } from 'node:util'
import { counts, head, legend, row } from './report.ts'
import { runScenario, type Verdict } from './run-scenario.ts'
import { scenarios } from './scenarios/index.ts'
import { ours } from './subjects/ours.ts'
import { peers } from './subjects/peers.ts'

const { values: flags } = parseArgs({
  options: { ours: { type: 'boolean' }, why: { type: 'boolean' }, only: { type: 'string' } },
})
const isQuiet = process.env['CI'] !== undefined
const subjects = flags.ours ? ours : [...ours, ...peers]
const verdicts: Verdict[][] = []
const complaints: string[] = []
let unhandled = 0
process.on('unhandledRejection', () => unhandled++)

if (!isQuiet) console.log(head(subjects))
for (const scenario of Object.values(scenarios).flat()) {
  if (flags.only && !scenario.name.includes(flags.only)) continue
  const verdictsHere: Verdict[] = []
  for (const subject of subjects) {
    const rejections = unhandled
    const verdict = await runScenario(scenario, subject)
    // What rejects unheard is told some turns later.
    await new Promise((resolve) => setTimeout(resolve, 1))
    const isHeard = unhandled === rejections
    const judged = isHeard ? verdict : { ...verdict, passed: false, why: 'an unhandled rejection' }
    verdictsHere.push(judged)
    const isOurs = ours.includes(subject)
    const isBad = judged.passed === false || (isOurs && judged.leaks.length > 0)
    const what = [judged.why, ...judged.leaks.slice(0, 5)].filter(Boolean).join('; ')
    if (isBad && (isOurs || flags.why)) complaints.push(`${scenario.name} / ${subject.name}: ${what}`)
    if (isBad && isOurs) process.exitCode = 1
  }
  verdicts.push(verdictsHere)
  if (!isQuiet) console.log(row(scenario.name, verdictsHere))
}
console.log(counts(subjects, verdicts))
if (!isQuiet) console.log(legend(subjects))
if (complaints.length > 0) console.log(`\n${complaints.join('\n')}`)
