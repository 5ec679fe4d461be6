// The three functions in one process: each picks its secrets from the shared declarations, all share one cache.
import { startLocal } from '@secrets-cache/local'
import values from './values.json' with { type: 'json' }

await using local = await startLocal(values)
Object.assign(process.env, local.environment, { STAGE: 'test' })

for (const name of ['charge', 'ship', 'report']) {
  const { handler } = await import(`./functions/${name}.ts`)
  const before = local.calls.upstream
  const answer = await handler({}, {})
  console.log(`${name.padEnd(6)} ${answer} (${local.calls.upstream - before} calls to AWS)`)
}
