import { type Subject, subjects } from '../../handlers/index.ts'
import type { Goal } from '../../report/report.ts'
import { measured, ratio } from '../../report/samples.ts'
import type { Cold } from './start-cold.ts'
import { type Case, type Started, startOf, sum, type Way } from './started.ts'

const { noop, http, extension, direct, sdk, staticSdk, keptSdk, middyAws, powertools } = subjects
export const peersOverAws: readonly Subject[] = [keptSdk, middyAws, powertools]

const invocation = ({ invoke }: Cold): number => invoke.wall

/** Where a goal is missed today, its tolerance notices when the figure gets worse. */
export function goalsOf({ title, all }: Case, hasQuarter: boolean): Goal[] {
  const started = (subject: Subject) => startOf(all, subject) as Started
  const rounds = (subject: Subject, part: (start: Cold) => number, way: Way = 'whole') =>
    started(subject).starts[way].map(part)
  const fastest = (way: Way) =>
    peersOverAws
      .map((peer) => rounds(peer, sum, way))
      .sort((a, b) => measured(a).median - measured(b).median)[0] as number[]
  const over = (a: readonly number[], b: readonly number[]) =>
    measured(a.map((one, round) => one - (b[round] as number))).median

  const toFastest = (way: Way, how: string): Goal[] =>
    [sdk, staticSdk].map((subject) => ({
      name: `${title}: ${subject.name} to the fastest other over the SDK${how}`,
      measured: ratio(rounds(subject, sum, way), fastest(way)),
      most: 1,
      tolerance: 1.6,
    }))
  const quarter: Goal[] = [
    {
      name: `${title}: first invocation of extension() to node:http by hand, a quarter of a processor`,
      measured: ratio(rounds(extension, invocation, 'quarter'), rounds(http, invocation, 'quarter')),
      most: 1,
      tolerance: 1.5,
    },
    {
      name: `${title}: extension() to the fastest over the SDK, a quarter of a processor`,
      measured: ratio(rounds(extension, sum, 'quarter'), fastest('quarter')),
      most: 0.8,
      tolerance: 1.5,
    },
  ]
  return [
    {
      name: `${title}: extension() to node:http by hand`,
      measured: ratio(rounds(extension, sum), rounds(http, sum)),
      most: 1.15,
      tolerance: 1.5,
    },
    {
      name: `${title}: first invocation of extension() to node:http by hand`,
      measured: ratio(rounds(extension, invocation), rounds(http, invocation)),
      most: 0.8,
      tolerance: 1.5,
    },
    {
      name: `${title}: first invocation of extension(), milliseconds over Middy alone`,
      measured: over(rounds(extension, invocation), rounds(noop, invocation)),
      most: 12,
      tolerance: 3,
    },
    {
      name: `${title}: extension() to the fastest over the SDK`,
      measured: ratio(rounds(extension, sum), fastest('whole')),
      most: 0.6,
      tolerance: 1.5,
    },
    {
      name: `${title}: direct() to the fastest over the SDK`,
      measured: ratio(rounds(direct, sum), fastest('whole')),
      most: 0.6,
      tolerance: 1.5,
    },
    {
      name: `${title}: direct() to the fastest over the SDK, both without TLS`,
      measured: ratio(rounds(direct, sum, 'plain'), fastest('plain')),
      most: 0.5,
      tolerance: 1.5,
    },
    {
      name: `${title}: direct() without TLS to node:http by hand`,
      measured: ratio(rounds(direct, sum, 'plain'), rounds(http, sum, 'plain')),
      most: 1.2,
      tolerance: 1.6,
    },
    {
      name: `${title}: first invocation of direct() without TLS to node:http by hand`,
      measured: ratio(rounds(direct, invocation, 'plain'), rounds(http, invocation, 'plain')),
      most: 0.6,
      tolerance: 1.6,
    },
    ...(hasQuarter ? [...quarter, ...toFastest('quarter', ', a quarter of a processor')] : []),
    ...toFastest('whole', ''),
    ...[extension, direct, sdk].map((subject) => ({
      name: `${title}: ${subject.name}, our own minified bytes`,
      measured: started(subject).bundle.own,
      most: subject === extension ? 20_000 : 26_000,
      // `sizes.test.ts` has tighter budgets.
      tolerance: 3,
    })),
    ...[sdk, staticSdk].map((subject) => ({
      name: `${title}: ${subject.name}, milliseconds over the bare SDK begun at INIT`,
      measured: over(rounds(subject, sum), rounds(keptSdk, sum)),
      most: 2,
      tolerance: 100,
    })),
  ]
}
