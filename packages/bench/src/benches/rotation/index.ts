import { setTimeout as sleep } from 'node:timers/promises'
import { type Backend, startBackend } from '../../backend.ts'
import { type Bench, sized } from '../../bench.ts'
import { startEnvironment } from '../../environment/start-environment.ts'
import type { Subject } from '../../handlers/index.ts'
import { secretName } from '../../handlers/rotation/query.ts'
import { environments, load, type Summary, steady, summaryOf } from '../../load/index.ts'
import { digits } from '../../report/format.ts'
import { type Database, databaseName, startDatabase, user } from './start-database.ts'

const handlers: readonly Subject[] = [
  {
    name: 'retryOnRotation()',
    file: 'rotation/retried.ts',
    reads: 'layer',
    settings: 'firstOf(extension(), sdk()), maxAge 1, derive',
    isOurs: true,
  },
  { name: 'fetch by hand', file: 'rotation/fetched.ts', reads: 'layer', settings: 'layer TTL 1' },
  { name: 'AWS SDK each time', file: 'rotation/asked.ts', reads: 'aws', settings: 'no cache' },
  {
    name: '@middy/ssm, secrets-manager',
    file: 'rotation/by-middy.ts',
    reads: 'aws',
    settings: 'cacheExpiry 1 s',
  },
  { name: 'Powertools parameters', file: 'rotation/by-powertools.ts', reads: 'aws', settings: 'maxAge 1' },
]

/** Milliseconds in which the old password is dead and the new one not yet stored. */
const gap = 50

/** A database password that is rotated every second, under load. */
export const rotation: Bench = {
  name: 'rotation',
  async run(effort) {
    const [rate, ours, theirs] = sized(effort, { brief: [20, 3, 0], check: [200, 5, 0], full: [200, 30, 10] })
    const played = handlers.filter(({ isOurs }) => isOurs || theirs > 0)
    await using database = await startDatabase('password-0')
    const all: { subject: Subject; summary: Summary; rotations: number }[] = []
    for (const subject of played) {
      effort.say(`rotation: ${subject.name}`)
      const seconds = subject.isOurs ? ours : theirs
      all.push({ subject, ...(await play(subject, { rate, seconds }, database)) })
    }
    return {
      bench: 'rotation',
      about: `${database.name}, ${rate} invocations a second, a rotation every second with a gap of ${gap} ms`,
      tables: [
        {
          title: 'Failed invocations',
          columns: ['', 'rotations', 'invocations', 'failed', 'failed per rotation', 'p50 ms', 'p99 ms', ''],
          rows: all.map(({ subject, summary, rotations }) => [
            subject.name,
            rotations,
            summary.invocations,
            summary.failed,
            digits(summary.failed / rotations),
            digits(summary.p50),
            digits(summary.p99),
            subject.settings,
          ]),
        },
      ],
      goals: all.slice(0, 1).map(({ summary }) => ({
        name: 'failed invocations with retryOnRotation()',
        measured: summary.failed,
        most: 0,
      })),
      chart: {
        title: 'Failed invocations per rotation of a database password',
        unit: `of ${rate} a second`,
        bars: all.map(({ subject, summary, rotations }) => ({
          label: subject.name,
          value: summary.failed / rotations,
          isOurs: subject.isOurs ?? false,
        })),
      },
      readme: Object.fromEntries(
        all.map(({ subject, summary, rotations }) => [
          subject.isOurs ? 'extension()' : subject.name,
          { rotation: digits(Number((summary.failed / rotations).toFixed(1))) },
        ]),
      ),
    }
  },
}

let passwords = 0

async function play(
  subject: Subject,
  { rate, seconds }: { rate: number; seconds: number },
  database: Database,
) {
  const secret = () => ({
    host: '127.0.0.1',
    port: database.port,
    username: user,
    password: `password-${passwords}`,
    dbname: databaseName,
  })
  await using backend = await startBackend({ SECRETS_MANAGER_TTL: '1' })
  await backend.local.putSecret(secretName, secret())
  await using all = await environments(8, () => startInvoked(subject, backend))
  let rotations = 0
  let isOver = false
  /** As AWS's own function rotates a single user: the database first, the secret after it. */
  const rotate = async () => {
    while (!isOver) {
      await sleep(1_000)
      await database.setPassword(`password-${++passwords}`)
      await sleep(gap)
      await backend.local.rotate(secretName, secret())
      rotations++
    }
  }
  const rotating = rotate()
  const invocations = await load({
    arrivals: steady({ rate, seconds }),
    environments: all,
    next: 'longest free',
  })
  isOver = true
  await rotating
  return { summary: summaryOf(invocations), rotations }
}

/** One whose cold start is over: it is not what is measured here. */
async function startInvoked(subject: Subject, { environment }: Backend) {
  const started = await startEnvironment(subject, { secrets: 1, parameters: 0, maxAge: 1 }, environment)
  await started.invoke()
  return { invoke: started.invoke, close: () => started[Symbol.asyncDispose]() }
}
