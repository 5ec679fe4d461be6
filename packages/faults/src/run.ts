// `npm run faults`: what each fault does to ours and to the peers. Fails where one of ours does.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { markdownTable, table, writePart } from '@secrets-cache/bench/shared'
import { readCommand } from '../../../.ci/command.ts'
import { createProgress } from '../../../.ci/progress.ts'
import { holdsCanary } from './canary.ts'
import type { ScenarioVerdict } from './column.ts'
import { complaintsOf, legend, sums, verdicts } from './report.ts'
import { scenarios } from './scenarios/index.ts'
import { shortTable } from './short-table.ts'
import { ours, subjects } from './subjects/index.ts'

const { flags } = readCommand({
  name: 'faults',
  about:
    'Brings every fault about, behind ours and behind the peers, and prints who survived it and what leaked. Fails where one of ours does not survive, leaks, or leaves a rejection unhandled. In CI only the sums are printed.',
  flags: {
    ours: { type: 'boolean', help: 'leaves the peers out' },
    only: { type: 'string', default: '', help: 'only the faults whose names hold this text' },
    why: { type: 'boolean', help: 'says what went wrong with the peers too' },
    readme: {
      type: 'boolean',
      help: 'writes the sums into docs/reliability.md, and the main ones into README.md',
    },
  },
})
const isQuiet = process.env['CI'] !== undefined
const all = flags.ours ? ours : await subjects()
const names = Object.values(scenarios).flatMap((group) => group.map(({ name }) => name))
const count = names.filter((name) => name.includes(flags.only)).length
if (count === 0) {
  console.error(`No fault has "${flags.only}" in its name. Without --only all ${names.length} are listed.`)
  process.exit(2)
}

const progress = createProgress()
const columns: ScenarioVerdict[][] = []
for (const [index, { name }] of all.entries()) columns.push(await runColumn(index, name))
progress.end()

const complaints = columns.map((column, index) =>
  complaintsOf(all[index]?.name ?? '', column, index < ours.length),
)
const ofOurs = complaints.slice(0, ours.length).flat()
if (!isQuiet) console.log(`${verdicts(columns)}\n`)
console.log(table(sums(columns)))
if (!isQuiet) console.log(legend(all))
const shown = flags.why ? complaints.flat() : ofOurs
if (shown.length > 0) console.log(`\n${shown.join('\n')}`)
if (flags.readme) {
  const head = ['`npm run faults`', ...all.map(({ name }) => name)]
  const rows = [head, ...sums(columns)]
  writePart('docs/reliability.md', 'faults', markdownTable(rows))
  writePart('README.md', 'faults', markdownTable(shortTable(rows)))
}
process.exitCode = ofOurs.length > 0 ? 1 : 0

async function runColumn(index: number, name: string): Promise<ScenarioVerdict[]> {
  const file = fileURLToPath(new URL('column.ts', import.meta.url))
  const argv = ['--conditions=@secrets-cache/source', file, String(index), flags.only]
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] })
  const column: ScenarioVerdict[] = []
  let printed = ''
  child.stderr.on('data', (chunk) => {
    printed += chunk
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const verdict = JSON.parse(line) as ScenarioVerdict
    const leaks = holdsCanary(printed) ? [...verdict.leaks, 'standard error'] : verdict.leaks
    column.push({ ...verdict, leaks })
    printed = ''
    progress.say(`${index + 1} of ${all.length}, ${name}: fault ${column.length} of ${count}`)
  }
  return column
}
