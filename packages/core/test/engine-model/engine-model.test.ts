import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from '@jest/globals'

/** `SEED` repeats a run, `SEQUENCES` sets its length: `npm run test:long` runs millions, from a seed of its own each time. */
const seed = Number(process.env['SEED'] ?? (process.env['SEQUENCES'] ? randomInt(2 ** 31) : 1))
const sequences = Number(process.env['SEQUENCES'] ?? 112_000)
/** Each process takes a share; together they fill two cores. */
const shares = { 'one-key': [12, 12], 'several-keys': [1, 1], 'acting-listeners': [1, 1] } as const
const parts = Object.values(shares).flat().length

interface Run {
  readonly failure?: string
  readonly sequences: number
  readonly seconds: number
  readonly medianLength: number
  readonly loads: number
  readonly calls: number
  readonly transitions: Readonly<Record<string, number>>
}

const script = fileURLToPath(new URL('./run.ts', import.meta.url))

async function run(property: keyof typeof shares): Promise<readonly Run[]> {
  const runs = shares[property].map(async (share, index) => {
    const count = Math.ceil((sequences * share) / 28)
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...['--max-semi-space-size=64', '--conditions=@secrets-cache/source', script],
      ...[property, String(count), String(seed + index)],
    ])
    return JSON.parse(stdout) as Run
  })
  return Promise.all(runs)
}

const sum = (runs: readonly Run[], of: (run: Run) => number) =>
  runs.reduce((total, each) => total + of(each), 0)

/** The states a reader finds one after the other, over two reads of one key. */
const transitions = [
  ...['empty > loading', 'empty > fresh', 'empty > failed', 'loading > fresh', 'loading > failed'],
  ...['loading > expired', 'loading > grace', 'failed > expired', 'failed > loading', 'failed > fresh'],
  ...[
    'failed > empty',
    'failed > grace',
    'fresh > stale',
    'fresh > grace',
    'fresh > expired',
    'fresh > failed',
  ],
  ...[
    'fresh > loading',
    'stale > grace',
    'stale > fresh',
    'stale > expired',
    'stale > failed',
    'grace > fresh',
  ],
  ...['grace > expired', 'grace > failed', 'grace > stale', 'grace > loading', 'expired > loading'],
  ...['expired > fresh', 'expired > failed', 'expired > stale', 'expired > grace', 'fresh > empty'],
]

describe('the engine under random events', () => {
  it(
    'keeps its invariants: one key, several keys as each of them alone, and listeners that act',
    async () => {
      const began = performance.now()
      const [one, several] = [await run('one-key'), await run('several-keys')]
      const acting = await run('acting-listeners')
      const all = [...one, ...several, ...acting]
      const seconds = (performance.now() - began) / 1_000
      const count = (name: string) => sum(one, (each) => each.transitions[name] ?? 0)
      const median = Math.min(...all.map(({ medianLength }) => medianLength))
      process.stdout.write(
        [
          `engine model: ${sum(all, (each) => each.sequences)} sequences in ${seconds.toFixed(1)} s`,
          `median length ${median}, ${sum(all, (each) => each.calls)} calls, ${sum(one, (each) => each.loads)} loads`,
          `${transitions.length} transitions, the rarest ${Math.min(...transitions.map(count))} times; SEED=${seed}\n`,
        ].join('; '),
      )
      expect(all.flatMap(({ failure }) => failure ?? [])).toEqual([])
      expect(sum(all, (each) => each.sequences)).toBeGreaterThanOrEqual(sequences)
      expect(all).toHaveLength(parts)
      expect(median).toBeGreaterThanOrEqual(30)
      // A short run need not meet every one.
      if (sequences >= 100_000) expect(transitions.filter((name) => count(name) === 0)).toEqual([])
    },
    sequences * 10,
  )
})
