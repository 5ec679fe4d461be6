import { startBackend } from '../../backend.ts'
import { type Bench, sized } from '../../bench.ts'
import type { Setting } from '../../environment/start-environment.ts'
import { type Subject, subjects } from '../../handlers/index.ts'
import { digits, spread, times } from '../../report/format.ts'
import type { Goal, Table } from '../../report/report.ts'
import { measured, ratio } from '../../report/samples.ts'
import { charactersOf } from '../../values.ts'
import { type Bundle, bundle, temporaryFolder, writeRuntime } from './bundle.ts'
import { type Cold, startCold } from './start-cold.ts'

const { noop, http, fetch, extension, direct, sdk, staticSdk, keptSdk, middyAws, powertools } = subjects
const byAws: readonly Subject[] = [keptSdk, middyAws, powertools]

interface Started {
  readonly subject: Subject
  readonly bundle: Bundle
  readonly starts: Cold[]
}

const settings = [
  ['3 secrets', { secrets: 3, parameters: 0 }],
  ['3 secrets and 12 parameters', { secrets: 3, parameters: 12 }],
] as const satisfies readonly (readonly [string, Setting])[]

/** From the start of the process to the first response, under AWS's own runtime client. */
export const cold: Bench = {
  name: 'cold',
  async run(effort) {
    const rounds = sized(effort, { brief: 1, check: 9, full: 21 })
    const compared = sized<readonly Subject[]>(effort, {
      brief: [noop, extension, direct],
      check: [noop, http, extension, direct, sdk, staticSdk, ...byAws],
      full: [noop, http, fetch, extension, direct, sdk, staticSdk, ...byAws],
    })
    await using backend = await startBackend()
    await using folder = await temporaryFolder()
    const runtime = await writeRuntime(folder.folder)
    const cases: { title: string; setting: Setting; all: Started[] }[] = []
    for (const [title, setting] of settings) {
      const all: Started[] = []
      for (const subject of compared) {
        effort.say(`cold: bundling ${subject.name}`)
        all.push({ subject, bundle: await bundle(subject, setting, folder.folder), starts: [] })
      }
      cases.push({ title, setting, all })
    }
    for (let round = 0; round < rounds; round++) {
      for (const { title, setting, all } of cases) {
        effort.say(`cold: ${title}, round ${round + 1} of ${rounds}`)
        for (const { subject, bundle, starts } of all) {
          const { received, ...start } = await startCold({
            runtime,
            folder: bundle.folder,
            variables: backend.environment,
          })
          const values = subject.reads === 'nothing' ? 0 : setting.secrets + setting.parameters
          if (received.characters !== charactersOf(values)) throw new Error(`${subject.name} lacks values.`)
          starts.push(start)
        }
      }
    }
    const [three, fifteen] = cases.map(({ all }) => all) as [Started[], Started[]]
    return {
      bench: 'cold',
      about: 'from process start to the first response under aws-lambda-ric, milliseconds; medians',
      tables: cases.map(({ title, all }) => tableOf(title, all)),
      goals: compared.includes(http)
        ? [...goalsOf('3 secrets', three), ...goalsOf('3 + 12 values', fifteen)]
        : [],
      chart: {
        title: 'Cold start of a function that needs 3 secrets and 12 parameters',
        unit: 'milliseconds from the start of the process to the first response',
        bars: fifteen.map(({ subject, starts }) => ({
          label: subject.name,
          value: measured(starts.map(sum)).median,
          isOurs: subject.isOurs ?? false,
        })),
      },
      readme: Object.fromEntries(
        fifteen.map(({ subject, starts, bundle }) => [
          subject.name,
          {
            cold: `${digits(Math.round(measured(starts.map(sum)).median))} ms`,
            bundle: `${digits(Math.round(bundle.bytes / 1000))} KB`,
          },
        ]),
      ),
    }
  },
}

const sum = ({ init, invoke }: Cold) => init + invoke
const sums = (all: readonly Started[], wanted: Subject) =>
  (all.find(({ subject }) => subject === wanted) as Started).starts.map(sum)

const invokes = (all: readonly Started[], wanted: Subject) =>
  (all.find(({ subject }) => subject === wanted) as Started).starts.map(({ invoke }) => invoke)

function tableOf(title: string, all: readonly Started[]): Table {
  const floor = all[0] as Started
  const rows = all.map(({ subject, starts, bundle: { bytes, own } }) => [
    subject.name,
    digits(measured(starts.map(({ init }) => init)).median),
    digits(measured(starts.map(({ invoke }) => invoke)).median),
    spread(measured(starts.map(sum))),
    times(ratio(starts.map(sum), floor.starts.map(sum))),
    digits(bytes),
    own === 0 ? '' : digits(own),
  ])
  const columns = ['', 'INIT', 'first invoke', 'sum', 'to Middy alone', 'bundle bytes', 'of which ours']
  return { title, columns, rows }
}

/** Where a goal is missed today, its tolerance notices when the figure gets worse. */
function goalsOf(title: string, all: readonly Started[]): Goal[] {
  const ours = sums(all, extension)
  const fastest = byAws
    .map((peer) => sums(all, peer))
    .sort((a, b) => measured(a).median - measured(b).median)[0]
  const own = (subject: Subject) => (all.find((one) => one.subject === subject) as Started).bundle.own
  return [
    {
      name: `${title}: extension() to node:http by hand`,
      measured: ratio(ours, sums(all, http)),
      most: 1,
      tolerance: 2,
    },
    {
      name: `${title}: extension() to the fastest over the SDK`,
      measured: ratio(ours, fastest as number[]),
      most: 0.6,
      tolerance: 1.5,
    },
    {
      name: `${title}: direct() to the fastest over the SDK`,
      measured: ratio(sums(all, direct), fastest as number[]),
      most: 0.5,
      tolerance: 1.5,
    },
    {
      name: `${title}: direct() to node:http by hand`,
      measured: ratio(sums(all, direct), sums(all, http)),
      most: 1.2,
      tolerance: 1.6,
    },
    {
      name: `${title}: first invocation, direct() to node:http by hand`,
      measured: ratio(invokes(all, direct), invokes(all, http)),
      most: 0.6,
      tolerance: 1.6,
    },
    ...[sdk, staticSdk].map((subject) => ({
      name: `${title}: ${subject.name} to the fastest other over the SDK`,
      measured: ratio(sums(all, subject), fastest as number[]),
      most: 1,
      tolerance: 1.6,
    })),
    ...[extension, direct, sdk].map((subject) => ({
      name: `${title}: ${subject.name}, our own minified bytes`,
      measured: own(subject),
      most: 15_000,
      // `sizes.test.ts` has tighter budgets.
      tolerance: 3,
    })),
    ...[sdk, staticSdk].map((subject) => ({
      name: `${title}: ${subject.name}, milliseconds over the bare SDK begun at INIT`,
      measured: measured(sums(all, subject).map((one, round) => one - (sums(all, keptSdk)[round] as number)))
        .median,
      most: 2,
      tolerance: 100,
    })),
  ]
}
