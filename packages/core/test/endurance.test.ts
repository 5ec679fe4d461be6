import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from '@jest/globals'

const script = fileURLToPath(new URL('./scripts/endure.ts', import.meta.url))

interface Endured {
  readonly heap: readonly number[]
  readonly entries: number
  readonly timers: number
}

async function endure(what: string, count: number): Promise<Endured> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--expose-gc', '--conditions=@secrets-cache/source', script, what, String(count)],
  ])
  return JSON.parse(stdout)
}

/**
 * What the heap gained between the first parts and the last, in bytes for each read. The least of three samples: now
 * and then one is a tenth of a megabyte higher, because the collector has not finished.
 */
function gain({ heap }: Endured, count: number): number {
  return ((Math.min(...heap.slice(-3)) - Math.min(...heap.slice(2, 5))) * 1_024) / (count / 2)
}

describe('a long-lived process', () => {
  it.concurrent.each([
    ['warm', 100_000],
    ['always-fresh', 20_000],
    ['never-fresh', 20_000],
    ['aging', 50_000],
    ['one-name', 30_000],
    ['many-names', 50_000],
  ])(
    'holds no more memory for having read: %s, %d times',
    async (what, count) => {
      const endured = await endure(what, count)
      expect(endured.heap).toHaveLength(10)
      expect(gain(endured, count)).toBeLessThan(8)
      expect(endured.entries).toBeLessThanOrEqual(1_026)
      expect(endured.timers).toBe(0)
    },
    30_000,
  )
})
