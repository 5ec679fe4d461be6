import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, expect, it } from '@jest/globals'
import { startLocal } from '@secrets-cache/local'
import values from './values.json' with { type: 'json' }

const run = promisify(execFile)

let close = async () => {}
afterEach(() => close())

it('reads from AWS itself, and asks nothing of a layer', async () => {
  const local = await startLocal(values)
  close = () => local.close()
  Object.assign(process.env, local.environment)
  const { handler } = await import('./handler.ts')
  const context = { getRemainingTimeInMillis: () => 3_000 } as Parameters<typeof handler>[1]
  expect(await handler({ currency: 'EUR' }, context)).toEqual({
    isCharged: true,
    receipt: 'charged to orders',
  })
  expect(await handler({ currency: 'USD' }, context)).toEqual({ isCharged: false })
  expect(local.calls).toMatchObject({ upstream: 2, layer: { secretsmanager: 0, systemsmanager: 0 } })
})

it('asks during INIT, not while it is warm, and once after a rotation', async () => {
  const script = fileURLToPath(new URL('run.ts', import.meta.url))
  const { stdout, stderr } = await run(process.execPath, ['--conditions=@secrets-cache/source', script])
  const receipt = '{"isCharged":true,"receipt":"charged to orders"}'
  expect(stdout.trim().split('\n')).toEqual([
    'INIT               2 calls to AWS  {}',
    `cold               0 calls to AWS  ${receipt}`,
    `warm               0 calls to AWS  ${receipt}`,
    `after a rotation   1 calls to AWS  ${receipt}`,
  ])
  expect(stderr).toBe('')
}, 60_000)
