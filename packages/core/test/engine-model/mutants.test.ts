import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { faults } from './faults.ts'

const script = new URL('./try-faults.ts', import.meta.url).pathname
const seed = Number(process.env['SEED'] ?? 1)

interface Found {
  readonly name: string
  readonly isFound: boolean
  readonly after: number
}

describe('the engine model', () => {
  it(`finds each of ${faults.length} faults of one line`, async () => {
    const began = performance.now()
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...['--conditions=@secrets-cache/source', script, '10000', String(seed)],
    ])
    const found: readonly Found[] = JSON.parse(stdout)
    const seconds = ((performance.now() - began) / 1_000).toFixed(1)
    const most = Math.max(...found.map(({ after }) => after))
    process.stdout.write(
      `engine faults: ${found.length} in ${seconds} s, found after ${most} sequences at most; SEED=${seed}\n`,
    )
    expect(found.filter(({ isFound }) => !isFound)).toEqual([])
    expect(found).toHaveLength(faults.length)
  }, 120_000)
})
