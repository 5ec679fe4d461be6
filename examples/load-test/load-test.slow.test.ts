import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Played } from './play.ts'

const run = promisify(execFile)
let played: Record<string, Played>

// As many environments and the same rates as the article's, for a tenth of the time.
beforeAll(async () => {
  const script = fileURLToPath(new URL('run.ts', import.meta.url))
  const load = ['--seconds', '6', '--speed', '4', '--json']
  const only = ['layer, TTL 0', 'layer, TTL 300', '15 values, sdk(), batched'].flatMap((name) => [
    '--only',
    name,
  ])
  const given = ['--conditions=@secrets-cache/source', script, ...load, ...only]
  const { stdout } = await run(process.execPath, given)
  played = JSON.parse(stdout)
}, 180_000)

describe('the load test', () => {
  it('makes one GetParameter call per invocation without the layer’s cache', () => {
    expect(played['layer, TTL 0']).toMatchObject({ invocations: 150, failed: 0, getParameter: 150 })
  })

  it('makes one per environment, 18, where the TTL is longer than the test', () => {
    expect(played['layer, TTL 300']).toMatchObject({ failed: 0, environments: 18, getParameter: 18 })
  })

  it('makes at most a fifth of one call per value where 15 values are fetched by sdk()', () => {
    const { failed, environments, aws } = played['15 values, sdk(), batched'] as Played
    expect({ failed, environments }).toEqual({ failed: 0, environments: 18 })
    expect(aws).toBeLessThanOrEqual((18 * 15) / 5)
  })
})
