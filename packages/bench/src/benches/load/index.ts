import { ramp } from 'example-load-test/load'
import { type Bench, sized } from '../../bench.ts'
import { type Subject, subjects } from '../../handlers/index.ts'
import { digits } from '../../report/format.ts'
import type { Goal } from '../../report/report.ts'
import { middleOf, type Part, type Played, play } from './play.ts'
import { startAccounts } from './start-accounts.ts'

const { bareSdk, fetch, extension, direct, sdk, middyAws, powertools } = subjects

const one = { secrets: 0, parameters: 1 }
const fifteen = { secrets: 3, parameters: 12 }

interface Row extends Part {
  readonly name: string
}

interface Result extends Row {
  readonly played: Played
}

/** The founding article's load test: a climbing rate over environments that each have their own layer. */
export const load: Bench = {
  name: 'load',
  async run(effort) {
    const [seconds, count] = sized(effort, { brief: [1, 2], check: [6, 8], full: [6, 10] })
    // Odd, so that one round is the middle one.
    const rounds = sized(effort, { brief: 1, check: 1, full: 3 })
    const arrivals = ramp({
      ...sized(effort, { brief: { from: 5, to: 10 }, check: rates, full: rates }),
      seconds,
    })
    const compared = sized<readonly Subject[]>(effort, {
      brief: [extension],
      check: [fetch, extension, direct, sdk],
      full: [bareSdk, fetch, extension, direct, sdk, middyAws, powertools],
    })
    const rows = sized(effort, { brief: [300], check: [300, 1], full: [300, 1] }).flatMap((ttl) =>
      [one, fifteen].flatMap((values) => compared.flatMap((subject) => rowsOf(subject, values, ttl))),
    )
    await using accounts = startAccounts()
    const playedOf = new Map<Row, Played[]>(rows.map((row) => [row, []]))
    for (let round = 0; round < rounds; round++) {
      for (const [row, played] of playedOf) {
        effort.say(`load: ${round + 1} of ${rounds}, TTL ${row.ttl}, ${sizeOf(row)} values, ${row.name}`)
        played.push(await play(row, arrivals, count, accounts))
      }
    }
    const results = [...playedOf].map(([row, played]) => ({ ...row, played: middleOf(played) }))
    const about = `${arrivals.length} invocations in ${seconds} s, ${rates.from} to ${rates.to} a second, ${count} environments, ${rounds} rounds`
    return {
      bench: 'load',
      about: `${about}; milliseconds that the handler waited for its values`,
      tables: groupsOf(results).map(([title, all]) => ({
        title,
        columns: ['', 'AWS calls', 'to the layer', 'failed', 'p50', 'p99', 'warm p50', 'warm p99'],
        rows: all.map(({ name, played }) => {
          const { aws, layer, failed, all: waits, warm } = played
          const waited = [waits.p50, waits.p99, warm.p50, warm.p99].map(digits)
          return [name, aws, layer, failed, ...waited]
        }),
      })),
      goals: effort.size === 'brief' ? [] : goalsOf(results, count),
      readme: Object.fromEntries(
        results
          .filter(
            ({ ttl, setting, name, subject }) =>
              ttl === 300 && setting.secrets === 3 && name === subject.name,
          )
          .map(({ name, played }) => [name, { wait: `${digits(played.warm.p99)} ms` }]),
      ),
    }
  },
}

const rates = { from: 20, to: 80 }

/** Ours also with staleWhileRevalidate where the TTL is short. */
function rowsOf(subject: Subject, values: typeof one, ttl: number): Row[] {
  const row = { name: subject.name, subject, ttl, setting: { ...values, maxAge: ttl } }
  if (!subject.isOurs || ttl === 300) return [row]
  const setting = { ...row.setting, staleWhileRevalidate: 60 }
  return [row, { ...row, name: `${subject.name}, staleWhileRevalidate`, setting }]
}

const sizeOf = ({ setting }: Row) => setting.secrets + setting.parameters

function groupsOf(results: readonly Result[]): [string, Result[]][] {
  const title = (row: Row) =>
    `TTL ${row.ttl} s, ${sizeOf(row) === 1 ? 'one parameter' : '3 secrets and 12 parameters'}`
  return [...Map.groupBy(results, title)]
}

function goalsOf(results: readonly Result[], count: number): Goal[] {
  const of = (subject: Subject, ttl: number, size: number, isStale = false) =>
    results.find(
      (row) =>
        row.subject === subject &&
        row.ttl === ttl &&
        sizeOf(row) === size &&
        (row.setting.staleWhileRevalidate !== undefined) === isStale,
    )?.played as Played
  return [
    {
      name: 'TTL 300, one parameter: AWS calls per environment, extension()',
      measured: of(extension, 300, 1).aws / count,
      most: 1,
    },
    ...[sdk, direct].map((subject) => ({
      name: `TTL 300, 15 values: AWS calls per environment, ${subject.name}`,
      measured: of(subject, 300, 15).aws / count,
      most: 3,
    })),
    {
      name: 'TTL 1, one parameter: AWS calls, extension() to the layer alone',
      measured: of(extension, 1, 1).aws / of(fetch, 1, 1).aws,
      most: 1,
      tolerance: 1.1,
    },
    {
      name: 'TTL 1, 15 values: AWS calls, sdk() to the layer alone',
      measured: of(sdk, 1, 15).aws / of(fetch, 1, 15).aws,
      most: 0.2,
      // Three calls instead of fifteen are a fifth; jitter makes each load start up to a tenth earlier.
      tolerance: 1.8,
    },
    {
      name: 'TTL 300, 15 values: warm p99 of the layer alone to extension()',
      measured: of(fetch, 300, 15).warm.p99 / of(extension, 300, 15).warm.p99,
      least: 5,
      tolerance: 2,
    },
    {
      name: 'TTL 1, 15 values: warm p99 of the layer alone to extension() with staleWhileRevalidate',
      measured: of(fetch, 1, 15).warm.p99 / of(extension, 1, 15, true).warm.p99,
      least: 5,
      tolerance: 2,
    },
    {
      name: 'failed invocations of ours',
      measured: results
        .filter(({ subject }) => subject.isOurs)
        .reduce((sum, { played }) => sum + played.failed, 0),
      most: 0,
    },
  ]
}
