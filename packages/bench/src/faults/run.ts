// Prints what each fault does to ours and to the peers. --ours leaves the peers out, --only picks by name, --why says
// what went wrong with the peers too, --readme puts the sums into README.md. Fails where one of ours does.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { markdownTable, writeReadme } from '../readme.ts'
import { holdsCanary } from './canary.ts'
import type { Told } from './column.ts'
import { complaintsOf, legend, report, sums } from './report.ts'
import { ours, subjects } from './subjects/index.ts'

const { values: flags } = parseArgs({
  options: {
    ours: { type: 'boolean' },
    why: { type: 'boolean' },
    only: { type: 'string', default: '' },
    readme: { type: 'boolean' },
  },
})
const isQuiet = process.env['CI'] !== undefined
const all = flags.ours ? ours : await subjects()

const columns: Told[][] = []
for (const [index, { name }] of all.entries()) columns.push(await runColumn(index, name))

console.log(report(columns, isQuiet))
if (!isQuiet) console.log(legend(all))
const complaints = columns.flatMap((column, index) =>
  flags.why || index < ours.length ? complaintsOf(all[index]?.name ?? '', column, index < ours.length) : [],
)
if (complaints.length > 0) console.log(`\n${complaints.join('\n')}`)
if (flags.readme) {
  const head = ['`npm run faults`', ...all.map(({ name }) => name)]
  writeReadme('faults', markdownTable([head, ...sums(columns)]))
}
process.exitCode = columns
  .slice(0, ours.length)
  .some((column, index) => complaintsOf(String(index), column, true).length > 0)
  ? 1
  : 0

async function runColumn(index: number, name: string): Promise<Told[]> {
  const file = fileURLToPath(new URL('column.ts', import.meta.url))
  const child = spawn(
    process.execPath,
    ['--conditions=@secrets-cache/source', file, String(index), flags.only],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const told: Told[] = []
  let printed = ''
  child.stderr.on('data', (chunk) => {
    printed += chunk
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const verdict = JSON.parse(line) as Told
    const leaks = holdsCanary(printed) ? [...verdict.leaks, 'standard error'] : verdict.leaks
    told.push({ ...verdict, leaks })
    printed = ''
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${name}: ${told.length}`)
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  return told
}
