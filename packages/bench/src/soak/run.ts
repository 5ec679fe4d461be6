// Soaks and prints what it counted; exit code 1 if a bound was broken. --seconds (60), --seed (of this moment),
// --bound: seconds to judge the oldest value by, instead of what the cache times allow, --readme: into README.md too.
import { parseArgs } from 'node:util'
import { markdownTable, writeReadme } from '../readme.ts'
import { brokenBounds, describeFigures, grouped, shortRowsOf } from './figures.ts'
import { soak } from './soak.ts'

const { values: flags } = parseArgs({
  options: {
    seconds: { type: 'string' },
    seed: { type: 'string' },
    bound: { type: 'string' },
    readme: { type: 'boolean' },
  },
})
const seed = numberOf('seed', flags.seed ?? String(Date.now() % 1_000_000))
const figures = await soak({
  milliseconds: numberOf('seconds', flags.seconds ?? '60') * 1_000,
  seed,
  onProgress: (invocations, left) => show(`${grouped(invocations)} invocations, ${Math.ceil(left)} s left`),
})
show('')
const oldestAllowed = flags.bound === undefined ? figures.oldestAllowed : numberOf('bound', flags.bound)
const judged = { ...figures, oldestAllowed }
const broken = brokenBounds(judged)
console.log(describeFigures(judged))
if (flags.readme) {
  const head = ['`npm run soak`', `Node ${process.versions.node}`]
  writeReadme('soak', markdownTable([head, ...shortRowsOf(judged)]))
}
if (broken.length > 0) console.log(`\nBroken:\n${broken.join('\n')}`)
// What hangs may hang: it has been counted.
process.exit(broken.length > 0 ? 1 : 0)

function numberOf(flag: string, given: string): number {
  const number = Number(given)
  if (given.trim() !== '' && number >= 0 && Number.isFinite(number)) return number
  console.error(`--${flag} is "${given}"; it is a number from 0 up`)
  process.exit(2)
}

function show(line: string): void {
  if (process.stderr.isTTY && process.env['CI'] === undefined) process.stderr.write(`\r\x1b[K${line}`)
}
