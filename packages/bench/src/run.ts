// `npm run bench`, `npm run bench -- calls warm`, `npm run bench -- --readme`
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Effort } from './bench.ts'
import { benches } from './benches/index.ts'
import { writeReadme } from './readme.ts'
import { chartOf } from './report/chart.ts'
import { describeMachine, machine } from './report/machine.ts'
import { createProgress } from './report/progress.ts'
import { figuresOf, page } from './report/readme.ts'
import { isBroken, type Report } from './report/report.ts'
import { show } from './report/show.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Less of everything: `check` for the goals, `brief` to see that it works. */
    size: { type: 'string', default: 'full' },
    /** Fails where a goal is missed by more than noise. */
    check: { type: 'boolean', default: false },
    /** Writes the README's table and chart, and docs/bench.md, of all benches: those that are not run now as they last were. */
    readme: { type: 'boolean', default: false },
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

if (values.readme) await writeFigures()

async function writeFigures(): Promise<void> {
  const of = (file: string) => new URL(`../../../${file}`, import.meta.url)
  const all = await Promise.all(benches.map(async ({ name }) => (await lastReport(name)).report))
  const cold = all.find(({ bench }) => bench === 'cold') as Report
  writeReadme('measured', figuresOf(all, where))
  await writeFile(of('docs/bench.md'), page(all, where))
  await writeFile(of('docs/bench.svg'), chartOf(cold.chart))
}

async function lastReport(name: string): Promise<{ readonly report: Report }> {
  return JSON.parse(await readFile(`${values.out}/${name}.json`, 'utf8'))
}

const broken = reports.flatMap(({ goals }) => goals).filter(isBroken)
if (values.check && broken.length > 0) {
  console.error(`Far from the goal: ${broken.map(({ name }) => name).join('; ')}`)
  process.exitCode = 1
}
