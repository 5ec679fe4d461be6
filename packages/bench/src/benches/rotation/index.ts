import { type Bench, sized } from '../../bench.ts'
import type { Subject } from '../../handlers/index.ts'
import { digits } from '../../report/format.ts'
import { startMariadb } from './mariadb.ts'
import { play, type Rotated } from './play.ts'

/** With its settings, which the table shows. */
type Rotating = Subject & {
  readonly settings: string
  /** Whose row in the README it is in. @default its name */
  readonly row?: string
}

const subjects: readonly Rotating[] = [
  {
    name: 'retryOnRotation() over the layer and direct()',
    file: 'rotation/over-layer-and-direct.ts',
    reads: 'layer',
    settings: 'firstOf(extension(), direct()), maxAge 1, derive',
    isOurs: true,
    row: 'extension()',
  },
  {
    name: 'retryOnRotation() over direct()',
    file: 'rotation/over-direct.ts',
    reads: 'aws',
    settings: 'direct(), maxAge 1, derive',
    isOurs: true,
    row: 'direct()',
  },
  {
    name: 'retryOnRotation() over sdk()',
    file: 'rotation/over-sdk.ts',
    reads: 'aws',
    settings: 'sdk(), maxAge 1, derive',
    isOurs: true,
    row: 'sdk()',
  },
  {
    name: 'retryOnRotation() over the layer and sdk()',
    file: 'rotation/over-layer-and-sdk.ts',
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
    const played = subjects.filter(({ isOurs }) => isOurs || theirs > 0)
    await using database = await startMariadb('password-0')
    const all: (Rotated & { readonly subject: Rotating })[] = []
    for (const subject of played) {
      effort.say(`rotation: ${subject.name}, ${all.length + 1} of ${played.length}`)
      const seconds = subject.isOurs ? ours : theirs
      all.push({ subject, ...(await play(subject, { rate, seconds, gap, environments: 8 }, database)) })
    }
    return {
      bench: 'rotation',
      about: `MariaDB, ${rate} invocations a second, a rotation every second with a gap of ${gap} ms`,
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
      goals: all
        .filter(({ subject }) => subject.isOurs)
        .map(({ subject, summary }) => ({
          name: `failed invocations with ${subject.name}`,
          measured: summary.failed,
          most: 0,
        })),
      readme: Object.fromEntries(
        all.map(({ subject, summary, rotations }) => [
          subject.row ?? subject.name,
          { rotation: digits(Number((summary.failed / rotations).toFixed(1))) },
        ]),
      ),
    }
  },
}
