import { subjects } from '../../handlers/index.ts'
import { digits, spread, times } from '../../report/format.ts'
import type { Table } from '../../report/report.ts'
import { measured, ratio } from '../../report/samples.ts'
import type { Cold } from './start-cold.ts'
import { type Case, type Share, startOf, sum } from './started.ts'

const titles = { whole: '', quarter: ', a quarter of a processor for the invocation' }

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

export function tableOf({ title, all }: Case, share: Share): Table {
  const roundsOf = (subject: typeof subjects.http) => startOf(all, subject)?.starts[share]
  const alone = roundsOf(subjects.noop) as readonly Cold[]
  const byHand = roundsOf(subjects.http)
  const rows = all.map(({ subject, starts, bundle: { bytes, own } }) => {
    const rounds = starts[share]
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
  return { title: `${title}${titles[share]}`, columns, rows }
}
