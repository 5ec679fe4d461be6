// `npm run bench`: measures, prints, and keeps what was measured.
import { execFileSync } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { readCommand } from '../../../.ci/command.ts'
import { createProgress } from '../../../.ci/progress.ts'
import { type Size, UnavailableError } from './bench.ts'
import { chartOf } from './report/chart.ts'
import { costsOf, page, shortFiguresOf } from './report/figures.ts'
import { describeMachine, machine } from './report/machine.ts'
import { isBroken, type Report } from './report/report.ts'
import { show } from './report/show.ts'
import { writePart } from './shared/page-part.ts'

const root = new URL('../../../', import.meta.url)
const { flags, words } = readCommand({
  name: 'bench',
  about:
    'Measures every figure that the project claims, beside the peers: 15 minutes for all of them. The packages are built first, as what is published is what is measured.',
  words: { what: 'bench', allowed: ['calls', 'warm', 'cold', 'load', 'rotation', 'fleet'] },
  flags: {
    size: {
      type: 'string',
      default: 'full',
      allowed: ['full', 'check', 'brief'],
      help: 'how much: check is enough for the goals, brief shows that everything works',
    },
    check: { type: 'boolean', help: 'fails where a goal is missed by more than noise' },
    readme: {
      type: 'boolean',
      help: 'writes README.md, docs/bench.md, docs/bench.svg and a table of docs/choosing.md, with the last figures of what is not run now',
    },
    json: { type: 'boolean', help: 'prints one line of JSON instead of tables' },
    out: {
      type: 'string',
      default: 'packages/bench/out',
      help: 'the folder of the figures',
    },
  },
})

// Tests run on the sources, which need no build.
const isSource = createRequire(import.meta.url)
  .resolve('@secrets-cache/core')
  .endsWith('.ts')
if (!isSource)
  execFileSync(process.execPath, ['.ci/pnpm.mjs', 'run', 'build'], { cwd: root, stdio: ['ignore', 2, 2] })
const { benches } = await import('./benches/index.ts')

const out = fileURLToPath(new URL(flags.out, root))
const progress = createProgress()
const where = machine()
const reports: Report[] = []
await mkdir(out, { recursive: true })
if (!flags.json) console.log(`${describeMachine(where)}\n`)

const wanted = benches.filter(({ name }) => words.length === 0 || words.includes(name))
for (const [index, bench] of wanted.entries()) {
  const say = (text: string) => progress.say(`${index + 1} of ${wanted.length}, ${text}`)
  try {
    const report = await bench.run({ size: flags.size as Size, say })
    progress.end()
    reports.push(report)
    await writeFile(fileOf(bench.name), `${JSON.stringify({ machine: where, report }, null, 2)}\n`)
    if (!flags.json) console.log(`${show(report)}\n`)
  } catch (error) {
    progress.end()
    if (!(error instanceof UnavailableError)) throw error
    console.error(`${bench.name} is left out: ${error.message}.`)
    if (words.includes(bench.name)) process.exitCode = 1
  }
}
if (flags.json) console.log(JSON.stringify({ machine: where, reports }))
else console.log(`The figures: ${out}`)

if (flags.readme) {
  const all = await Promise.all(benches.map(({ name }) => lastReport(name)))
  writePart('README.md', 'measured', shortFiguresOf(all, where))
  writePart('docs/choosing.md', 'cold', costsOf(all, where))
  await writeFile(new URL('docs/bench.md', root), page(all, where))
  const chart = all.find(({ chart }) => chart)?.chart
  if (chart) await writeFile(new URL('docs/bench.svg', root), chartOf(chart))
}

const broken = reports.flatMap(({ goals }) => goals).filter(isBroken)
if (flags.check && broken.length > 0) {
  console.error(`Far from the goal: ${broken.map(({ name }) => name).join('; ')}`)
  process.exitCode = 1
}

function fileOf(name: string): string {
  return `${out}/${name}.json`
}

async function lastReport(name: string): Promise<Report> {
  return (JSON.parse(await readFile(fileOf(name), 'utf8')) as { report: Report }).report
}
