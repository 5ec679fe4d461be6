// `npm run soak`: everything goes wrong behind handlers at full speed. Fails where a bound is broken.
import { markdownTable, table, writePart } from '@secrets-cache/bench/shared'
import { readCommand } from '../../../../.ci/command.ts'
import { createProgress } from '../../../../.ci/progress.ts'
import { brokenBounds, grouped, rowsOf, shortRowsOf } from './figures.ts'
import { soak } from './soak.ts'

const { flags } = readCommand({
  name: 'soak',
  about:
    'Invokes handlers at full speed over all sources while the backend behind them rotates, throttles, hangs, lies, is killed and comes back at random. Prints what it counted, and fails where a bound is broken.',
  flags: {
    seconds: { type: 'number', default: 60, help: 'how long it lasts' },
    seed: {
      type: 'number',
      help: 'the same seed brings the same faults in the same order; random otherwise',
    },
    bound: {
      type: 'number',
      help: 'seconds for which a replaced value may still be served; what the cache times allow otherwise',
    },
    readme: { type: 'boolean', help: 'writes what was counted into docs/reliability.md' },
  },
})
const progress = createProgress()
const figures = await soak({
  milliseconds: flags.seconds * 1_000,
  seed: flags.seed ?? Date.now() % 1_000_000,
  onProgress: (invocations, left) =>
    progress.say(
      `${Math.ceil(flags.seconds - left)} of ${flags.seconds} s, ${grouped(invocations)} invocations`,
    ),
})
progress.end()
const judged = { ...figures, oldestAllowed: flags.bound ?? figures.oldestAllowed }
const broken = brokenBounds(judged)
console.log(table(rowsOf(judged)))
if (flags.readme) {
  const head = ['`npm run soak`', `Node ${process.versions.node}`]
  writePart('docs/reliability.md', 'soak', markdownTable([head, ...shortRowsOf(judged)]))
}
if (broken.length > 0) console.log(`\nBroken:\n${broken.join('\n')}`)
// Hanging invocations have been counted and need not end.
process.exit(broken.length > 0 ? 1 : 0)
