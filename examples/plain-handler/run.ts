import { startLocal } from '@secrets-cache/local'
import values from './values.json' with { type: 'json' }

await using local = await startLocal(values)
Object.assign(process.env, local.environment)
const { handler } = await import('./handler.ts')
const context = { getRemainingTimeInMillis: () => 3_000 } as Parameters<typeof handler>[1]

for (const tenant of ['acme', 'acme', 'umbrella', 'acme']) {
  const before = local.calls.upstream
  const { url } = await handler({ tenant }, context)
  console.log(`${tenant.padEnd(8)}  ${url.padEnd(30)}  ${local.calls.upstream - before} calls to AWS`)
}
