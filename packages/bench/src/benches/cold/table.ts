import { subjects } from '../../handlers/index.ts'
import { digits, spread, times } from '../../report/format.ts'
import type { Table } from '../../report/report.ts'
import { measured, ratio } from '../../report/samples.ts'
import type { Cold } from './start-cold.ts'
import { type Case, isStarted, startOf, sum, type Way, ways } from './started.ts'

const columns = [
  '',
  'INIT',
  'first invocation',
  'sum',
  'to Middy alone',
  'bundle bytes',
  'of which ours',
  'sum to node:http',
  'invocation to node:http',
  'processor: INIT',
  'processor: invocation',
]

export function tableOf({ title, all: every }: Case, way: Way): Table {
  const all = every.filter(({ subject }) => isStarted(subject, way))
  const roundsOf = (subject: typeof subjects.http) => startOf(all, subject)?.starts[way]
  const alone = roundsOf(subjects.noop) as readonly Cold[]
  const byHand = roundsOf(subjects.http)
  const rows = all.map(({ subject, starts, bundle: { bytes, own } }) => {
    const rounds = starts[way]
    const median = (part: (start: Cold) => number) => digits(measured(rounds.map(part)).median)
    const toByHand = (part: (start: Cold) => number) =>
      byHand ? times(ratio(rounds.map(part), byHand.map(part))) : '-'
    return [
      subject.name,
      median(({ init }) => init.wall),
      median(({ invoke }) => invoke.wall),
      spread(measured(rounds.map(sum))),
      times(ratio(rounds.map(sum), alone.map(sum))),
      digits(bytes),
      own === 0 ? '' : digits(own),
      toByHand(sum),
      toByHand(({ invoke }) => invoke.wall),
      median(({ init }) => init.processor),
      median(({ invoke }) => invoke.processor),
    ]
  })
  return { title: `${title}${ways[way].title}`, columns, rows }
}
