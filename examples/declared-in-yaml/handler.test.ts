import { fileURLToPath } from 'node:url'
import { expect, it } from '@jest/globals'
import { startLocal } from '@secrets-cache/local'
import { configFile } from '@secrets-cache/middy/config-file'
import values from './values.json' with { type: 'json' }

const LAMBDA_TASK_ROOT = fileURLToPath(new URL('.', import.meta.url))

it('gives the handler what config.yaml lists', async () => {
  await using local = await startLocal(values)
  Object.assign(process.env, local.environment, { LAMBDA_TASK_ROOT })
  const { handler } = await import('./handler.ts')
  const context = { getRemainingTimeInMillis: () => 3_000 } as Parameters<typeof handler>[1]

  await expect(handler({}, context)).resolves.toEqual({
    keys: ['secret-one', 'secret-two'],
    isStripeKeySet: true,
    hosts: ['a.internal', 'b.internal'],
  })
  expect(local.calls.upstream).toBe(3)
})

it('says line and key of a mistake', () => {
  expect(() => configFile(new URL('broken.yaml', import.meta.url))).toThrow(
    'broken.yaml:4: SecretManagers[0].secrets[1].id: "id" is not known. Known here: name, key, format.',
  )
})
