import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from '@jest/globals'

const run = promisify(execFile)
let lines: readonly Record<string, unknown>[]
let printed: string

beforeAll(async () => {
  const script = fileURLToPath(new URL('run.ts', import.meta.url))
  const { stdout, stderr } = await run(process.execPath, ['--conditions=@secrets-cache/source', script])
  printed = stdout + stderr
  lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}, 20_000)

describe('a function with Powertools', () => {
  it('counts hits, misses and load times per invocation, as EMF', () => {
    const [cold, warm] = lines.filter((line) => '_aws' in line)
    expect(cold).toMatchObject({
      service: 'orders',
      SecretsCacheMisses: [1, 1],
      SecretsCacheLoadTime: [expect.any(Number), expect.any(Number)],
    })
    expect(warm).toMatchObject({ SecretsCacheHits: [1, 1] })
    expect(warm).not.toHaveProperty('SecretsCacheMisses')
  })

  it('logs its views and its whole context without any secret', () => {
    const charging = lines.filter(({ message }) => message === 'charging')
    expect(charging).toHaveLength(2)
    expect(printed).not.toContain('canary')
  })
})
