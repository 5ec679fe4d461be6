import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from '@jest/globals'
import { startLocal } from '@secrets-cache/local'
import { handler } from './handler.ts'
import values from './values.json' with { type: 'json' }

const run = promisify(execFile)

it('gives the handler its secrets and parameters', async () => {
  await using local = await startLocal(values)
  Object.assign(process.env, local.environment)

  await expect(handler({}, {} as Parameters<typeof handler>[1])).resolves.toEqual({
    database: 'orders@db.internal',
    isStripeKeySet: true,
    hosts: ['a.internal', 'b.internal'],
  })
  expect(local.calls.upstream).toBe(3)
})

it('runs as Lambda would and shows where each value came from, never a value', async () => {
  const script = fileURLToPath(new URL('run.ts', import.meta.url))
  const { stdout, stderr } = await run(process.execPath, ['--conditions=@secrets-cache/source', script])

  const rows = stdout.split('\n').map((line) => line.split(/ {2,}/))
  const cells = (name: string) => rows.find(([first]) => first === name)?.slice(2)
  expect(cells('cold')).toEqual(['3', 'new', 'new', 'new'])
  expect(cells('warm')).toEqual(['0', 'cache', 'cache', 'cache'])
  expect(cells('after maxAge')).toEqual(['3', 'same', 'same', 'same'])
  expect(cells('after a rotation')).toEqual(['3', 'new', 'same', 'same'])
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  expect(stderr).toBe('')
  expect(stdout).not.toMatch(/a-password|the-next-password|a-key/)
}, 60_000)
