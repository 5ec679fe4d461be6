// `npm run bench`, `npm run bench -- calls warm`, `npm run bench -- --readme`
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Effort } from './bench.ts'
import { benches } from './benches/index.ts'
import { chartOf } from './report/chart.ts'
import { describeMachine, machine } from './report/machine.ts'
import { createProgress } from './report/progress.ts'
import { isBroken, type Report } from './report/report.ts'
import { show } from './report/show.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Less of everything: `check` for the goals, `brief` to see that it works. */
    size: { type: 'string', default: 'full' },
    /** Fails where a goal is missed by more than noise. */
    check: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    out: { type: 'string', default: fileURLToPath(new URL('../out', import.meta.url)) },
  },
})

const names = benches.map(({ name }) => name)
const unknown = positionals.filter((name) => !names.includes(name))
if (unknown.length > 0)
  throw new Error(`There is no bench ${unknown.join(', ')}: there are ${names.join(', ')}.`)

const progress = createProgress()
const effort: Effort = { size: values.size as Effort['size'], say: progress.say }
const where = machine()
const reports: Report[] = []
await mkdir(values.out, { recursive: true })
if (!values.json) console.log(`${describeMachine(where)}\n`)

for (const bench of benches.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  const report = await bench.run(effort)
  progress.end()
  reports.push(report)
  await writeFile(
    `${values.out}/${bench.name}.json`,
    `${JSON.stringify({ machine: where, report }, null, 2)}\n`,
  )
  await writeFile(`${values.out}/${bench.name}.svg`, chartOf(report.chart))
  if (!values.json) console.log(`${show(report)}\n`)
}
if (values.json) console.log(JSON.stringify({ machine: where, reports }))
else console.log(`Figures and charts: ${values.out}`)

const broken = reports.flatMap(({ goals }) => goals).filter(isBroken)
if (values.check && broken.length > 0) {
  console.error(`Far from the goal: ${broken.map(({ name }) => name).join('; ')}`)
  process.exitCode = 1
}
