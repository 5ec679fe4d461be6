import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type Local, startLocal } from '@secrets-cache/local'
import type { handler as Handler } from './handler.ts'
import values from './values.json' with { type: 'json' }

let local: Local
let invoke: (tenant: string) => ReturnType<typeof Handler>

beforeAll(async () => {
  local = await startLocal(values)
  Object.assign(process.env, local.environment)
  const { handler } = await import('./handler.ts')
  const context = { getRemainingTimeInMillis: () => 3_000 } as Parameters<typeof handler>[1]
  invoke = (tenant) => handler({ tenant }, context)
})
afterAll(() => local.close())

it('reads what it declares, and the secret of the tenant of this invocation', async () => {
  const answer = { url: 'https://hooks.acme.example', isSigned: true, retries: 3 }
  await expect(invoke('acme')).resolves.toEqual(answer)
  expect(local.calls.upstream).toBe(3)
})

it('asks for each tenant once, and for what it declares no more', async () => {
  await invoke('acme')
  await invoke('umbrella')
  await invoke('umbrella')
  expect(local.calls.upstream).toBe(4)
})

it('names the secret of a tenant who has none, as far as the layer lets it', async () => {
  await expect(invoke('nobody')).rejects.toMatchObject({
    code: 'REFUSED',
    id: 'prod/webhooks/tenants/nobody',
  })
})
