import { startBackend } from '../../backend.ts'
import { type Bench, sized } from '../../bench.ts'
import { type Subject, subjects } from '../../handlers/index.ts'
import type { Goal } from '../../report/report.ts'
import { type Counted, countCalls } from './count-calls.ts'

const { extension, direct, sdk, fetch, bareSdk, keptSdk, middyAws, powertools } = subjects

/** These keep no value, so a thousand invocations at once would need more sockets than a process may open. */
const cacheless: readonly Subject[] = [fetch, bareSdk]

/** How many calls fetch 12 parameters and 3 secrets: cold, warm, and after they have expired. */
export const calls: Bench = {
  name: 'calls',
  async run(effort) {
    const compared = sized<readonly Subject[]>(effort, {
      brief: [sdk, extension, direct],
      check: [sdk, extension, direct, middyAws, powertools],
      full: [sdk, extension, direct, middyAws, powertools, keptSdk, bareSdk, fetch],
    })
    const crowds = sized(effort, { brief: [1, 20], check: [1, 20], full: [1, 20, 1_000] })
    await using backend = await startBackend()
    const all = new Map<Subject, Counted[]>(compared.map((subject) => [subject, []]))
    for (const crowd of crowds) {
      for (const [subject, counted] of all) {
        if (crowd > 20 && cacheless.includes(subject)) continue
        effort.say(`calls: ${subject.name}, ${crowd} at once`)
        counted.push(await countCalls(subject, crowd, backend))
      }
    }
    return {
      bench: 'calls',
      about: '12 parameters and 3 secrets; calls cold / warm / after all of it has expired',
      tables: [
        {
          title: 'Calls to AWS, by how many invocations of one environment ask at once',
          columns: [
            '',
            ...crowds.map((crowd) => crowd.toLocaleString('en')),
            'requests to the layer',
            'failed',
          ],
          rows: [...all].map(([{ name, reads }, counted]) => [
            name,
            ...crowds.map((_, index) => shown(counted[index]?.aws)),
            reads === 'layer' ? counted.map(({ layer }) => shown(layer)).join(', ') : '',
            counted.reduce((sum, { failed }) => sum + failed, 0),
          ]),
        },
      ],
      goals: [sdk, direct].flatMap((subject) => goalsOf(subject, all.get(subject) ?? [])),
      readme: Object.fromEntries(
        [...all].map(([{ name }, counted]) => [name, { calls: shown(counted[1]?.aws) }]),
      ),
    }
  },
}

const shown = (phases: readonly number[] = []) =>
  phases.map((count) => count.toLocaleString('en')).join(' / ') || '-'

/** 12 parameters are two batches, 3 secrets one. */
const wanted = [3, 0, 3] as const

function goalsOf(subject: Subject, counted: readonly Counted[]): Goal[] {
  return ['cold', 'warm', 'after expiry'].map((phase, index) => ({
    name: `${subject.name}: calls ${phase}, however many ask`,
    measured: Math.max(...counted.map(({ aws }) => aws[index] as number)),
    most: wanted[index] as number,
  }))
}
